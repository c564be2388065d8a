using Google.Rpc;
using Grpc.Core;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>What a program reads of an error.</summary>
internal static class RpcErrors
{
    /// <summary>The reason in <c>ErrorInfo</c>; where there is none, as of a call that ran out of time, what the status says.</summary>
    public static string Reason(this RpcException e) => e.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Type ?? $"none, but {e.Status}";

    public static IReadOnlyList<string> Fields(this RpcException e) => [.. e.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(v => v.Field)];
}
