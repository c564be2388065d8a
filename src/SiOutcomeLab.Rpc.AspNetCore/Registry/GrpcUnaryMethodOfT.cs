using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>A unary method with its types.</summary>
internal sealed class GrpcUnaryMethod<TService, TRequest, TResponse>(
    UnaryServerCallHandler<TService, TRequest, TResponse> handler, Method<TRequest, TResponse> method, CallHost host, IReadOnlyList<object> metadata)
    : GrpcUnaryMethod(method, metadata, (IMessage)Activator.CreateInstance<TRequest>(), (IMessage)Activator.CreateInstance<TResponse>())
    where TService : class
    where TRequest : class
    where TResponse : class
{
    public override int? MaxReceiveMessageSize => host.Settings.MaxReceiveMessageSize;

    public override async Task<GrpcUnaryResult> InvokeAsync(
        HttpContext http, IMessage request, Metadata requestHeaders, DateTime deadline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (request is not TRequest typed)
        {
            throw new ArgumentException($"{FullName} takes {RequestDescriptor.FullName}, not {request?.Descriptor.FullName}.", nameof(request));
        }

        if (deadline.Kind != DateTimeKind.Utc && deadline != DateTime.MaxValue) throw new ArgumentException("A deadline must be in UTC.", nameof(deadline));

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, cancellationToken);
        var context = new DirectServerCallContext(http, FullName, requestHeaders, deadline, ending.Token);
        try
        {
            var work = RunAsync(http, typed, context);
            TResponse response;
            if (deadline == DateTime.MaxValue)
            {
                response = await work;
            }
            else
            {
                var overdue = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                using var timer = new DeadlineTimer(deadline, host.Time, () => overdue.TrySetResult());
                if (await Task.WhenAny(work, overdue.Task) == overdue.Task) await ending.CancelAsync();
                response = await work;
                if (overdue.Task.IsCompleted) throw ProtocolErrors.DeadlineExceeded.AsException();
            }

            var status = context.Status;
            return new GrpcUnaryResult(status, status.StatusCode == StatusCode.OK ? (IMessage)response : null, context.SentHeaders, context.ResponseTrailers);
        }
        catch (Exception e)
        {
            var overdue = deadline <= host.Time.GetUtcNow().UtcDateTime;
            var (status, trailers) = CallOutcome.Of(e, overdue, ending.IsCancellationRequested, host, FullName);
            return new GrpcUnaryResult(status, null, context.SentHeaders, CallOutcome.Merge(context.ResponseTrailers, trailers));
        }
    }

    private async Task<TResponse> RunAsync(HttpContext http, TRequest request, DirectServerCallContext context)
    {
        await using var instances = new CallInstances<TService>(http.RequestServices, host.Settings.Interceptors);
        return await handler.RunPipelineAsync(instances, request, context)
            ?? throw new InvalidOperationException("The handler returned no response.");
    }
}
