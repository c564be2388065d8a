using Google.Rpc;
using Grpc.Core;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>What a program reads of an error.</summary>
internal static class RpcErrors
{
    /// <summary>The reason in <c>ErrorInfo</c>; fails the test when there is none.</summary>
    public static string Reason(this RpcException e) => e.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Type;

    public static IReadOnlyList<string> Fields(this RpcException e) => [.. e.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(v => v.Field)];
}
