using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using SiOutcomeLab.Hub.Errors;

namespace SiOutcomeLab.Hub.Telemetry;

/// <summary>Times every call and tells how it ended. The outermost interceptor: it sees the status that goes out.</summary>
internal sealed class TelemetryInterceptor(HubMeter meter, TimeProvider time) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        MeasureAsync(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        MeasureAsync(context, () => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) => MeasureAsync(context, async () =>
    {
        await continuation(request, responseStream, context);
        return true;
    });

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) => MeasureAsync(context, async () =>
    {
        await continuation(requestStream, responseStream, context);
        return true;
    });

    private async Task<T> MeasureAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        var started = time.GetTimestamp();
        using var activity = meter.StartCall(context.Method);
        try
        {
            var response = await call();
            End(context.Status.StatusCode, null);
            return response;
        }
        catch (RpcException e)
        {
            End(e.StatusCode, ReasonOf(e));
            throw;
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            End(StatusCode.Cancelled, null);
            throw;
        }
        catch
        {
            End(StatusCode.Unknown, null);
            throw;
        }

        void End(StatusCode status, string? reason) => meter.EndCall(
            context.Method, status == StatusCode.OK ? "OK" : status.ToString(), reason, time.GetElapsedTime(started), activity);
    }

    private static string? ReasonOf(RpcException e) =>
        e.GetRpcStatus(ignoreParseError: true)?.GetDetail<ErrorInfo>() is { Domain: ErrorTable.Domain } info ? info.Type : null;
}
