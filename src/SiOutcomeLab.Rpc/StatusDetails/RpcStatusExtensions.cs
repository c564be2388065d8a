using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Google.Rpc;

/// <summary>Rich errors: a <see cref="Status"/> with typed details, sent as the trailer <c>grpc-status-details-bin</c>.</summary>
public static class RpcStatusExtensions
{
    private static readonly TypeRegistry StandardDetails = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor);

    /// <summary>First detail of a type, or null.</summary>
    /// <typeparam name="T">Detail type, such as <see cref="ErrorInfo"/> or <see cref="BadRequest"/>.</typeparam>
    /// <param name="status">The status.</param>
    /// <exception cref="InvalidProtocolBufferException">The detail does not parse.</exception>
    public static T? GetDetail<T>(this Status status)
        where T : class, IMessage<T>, new()
    {
        ArgumentNullException.ThrowIfNull(status);
        var name = new T().Descriptor.FullName;
        return status.Details.FirstOrDefault(d => Any.GetTypeName(d.TypeUrl) == name)?.Unpack<T>();
    }

    /// <summary>All details of the standard types (<c>google/rpc/error_details.proto</c>); others are left out.</summary>
    /// <param name="status">The status.</param>
    public static IEnumerable<IMessage> UnpackDetailMessages(this Status status) => status.UnpackDetailMessages(StandardDetails);

    /// <summary>All details of the given types; others are left out.</summary>
    /// <param name="status">The status.</param>
    /// <param name="registry">The types.</param>
    public static IEnumerable<IMessage> UnpackDetailMessages(this Status status, TypeRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(registry);
        foreach (var detail in status.Details)
        {
            if (detail.Unpack(registry) is { } message) yield return message;
        }
    }

    /// <summary>An exception with the status' code and message, and the whole status in its trailers.</summary>
    /// <param name="status">The status.</param>
    public static RpcException ToRpcException(this Status status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status.ToRpcException((StatusCode)status.Code, status.Message);
    }

    /// <summary>An exception with another code and message, and the whole status in its trailers.</summary>
    /// <param name="status">The status.</param>
    /// <param name="statusCode">Code of the call.</param>
    /// <param name="message">Text of the call.</param>
    public static RpcException ToRpcException(this Status status, StatusCode statusCode, string message)
    {
        ArgumentNullException.ThrowIfNull(status);
        var trailers = new Metadata();
        trailers.SetRpcStatus(status);
        return new RpcException(new Grpc.Core.Status(statusCode, message), trailers);
    }
}
