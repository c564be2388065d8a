using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>A mapped unary method that can be called with a message that is parsed already: same interceptors, same handler, same errors.</summary>
public abstract class GrpcUnaryMethod
{
    private protected GrpcUnaryMethod(IMethod method, IReadOnlyList<object> metadata, IMessage request, IMessage response)
    {
        Method = method;
        Metadata = metadata;
        RequestType = request.GetType();
        ResponseType = response.GetType();
        RequestDescriptor = request.Descriptor;
        ResponseDescriptor = response.Descriptor;
    }

    /// <summary>The method.</summary>
    public IMethod Method { get; }

    /// <summary>Path: <c>/package.Service/Method</c>.</summary>
    public string FullName => Method.FullName;

    /// <summary>Full name of the service: <c>package.Service</c>.</summary>
    public string ServiceName => Method.ServiceName;

    /// <summary>Name of the method, without the service.</summary>
    public string Name => Method.Name;

    /// <summary>What the gRPC endpoint was mapped with: attributes of class and method and the <c>GrpcMethodMetadata</c>.</summary>
    public IReadOnlyList<object> Metadata { get; }

    /// <summary>Class of the request.</summary>
    public Type RequestType { get; }

    /// <summary>Class of the response.</summary>
    public Type ResponseType { get; }

    /// <summary>Descriptor of the request.</summary>
    public MessageDescriptor RequestDescriptor { get; }

    /// <summary>Descriptor of the response.</summary>
    public MessageDescriptor ResponseDescriptor { get; }

    /// <summary>Parser of the request.</summary>
    public MessageParser RequestParser => RequestDescriptor.Parser;

    /// <summary>Largest request in bytes that the service takes, or null for any; the caller of <see cref="InvokeAsync"/> keeps it.</summary>
    public abstract int? MaxReceiveMessageSize { get; }

    /// <summary>Runs interceptors and handler. Never throws for what they do: that is in the result's status.</summary>
    /// <param name="http">The HTTP request on whose behalf; gives services, user and address, and is not written to.</param>
    /// <param name="request">A message of <see cref="RequestType"/>.</param>
    /// <param name="requestHeaders">Metadata that the handler sees.</param>
    /// <param name="deadline">
    /// UTC; <see cref="DateTime.MaxValue"/> for none. When it passes, the call's token fires and the result is DEADLINE_EXCEEDED; it comes
    /// when the handler lets go, since the request's services must live until then.
    /// </param>
    /// <param name="cancellationToken">Cancels the call, beside the client's going away.</param>
    /// <exception cref="ArgumentException">The request is of another type, or the deadline is not in UTC.</exception>
    public abstract Task<GrpcUnaryResult> InvokeAsync(
        HttpContext http, IMessage request, Metadata requestHeaders, DateTime deadline, CancellationToken cancellationToken);
}

/// <summary>What a unary call came to.</summary>
/// <param name="Status">The status.</param>
/// <param name="Response">The response; null exactly when the status is not OK.</param>
/// <param name="ResponseHeaders">Metadata sent before the response.</param>
/// <param name="ResponseTrailers">Metadata sent after it; rich errors are here (<c>GetRpcStatus</c>).</param>
public sealed record GrpcUnaryResult(Status Status, IMessage? Response, Metadata ResponseHeaders, Metadata ResponseTrailers);
