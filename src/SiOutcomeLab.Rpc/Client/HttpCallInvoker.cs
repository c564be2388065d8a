using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Makes calls over a channel's HTTP connections.</summary>
internal sealed class HttpCallInvoker(GrpcChannel channel) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        return call.SendSingleAsync(request).GetAwaiter().GetResult();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        return new AsyncUnaryCall<TResponse>(call.SendSingleAsync(request), Headers, Status, Trailers, End, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        return new AsyncServerStreamingCall<TResponse>(call.StartSingle(request), Headers, Status, Trailers, End, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        var (writer, response) = call.StartClientStreaming();
        return new AsyncClientStreamingCall<TRequest, TResponse>(writer, response, Headers, Status, Trailers, End, call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        var (writer, reader) = call.StartDuplex();
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(writer, reader, Headers, Status, Trailers, End, call);
    }

    private static Task<Metadata> Headers(object call) => ((GrpcCall)call).GetResponseHeadersAsync();

    private static Status Status(object call) => ((GrpcCall)call).GetStatus();

    private static Metadata Trailers(object call) => ((GrpcCall)call).GetTrailers();

    private static void End(object call) => ((GrpcCall)call).Dispose();
}
