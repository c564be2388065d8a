using System.Text.RegularExpressions;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Features.Audit;

/// <summary>
/// Records how each call ended, and for calls that change something, before the answer goes out: what the hub has acknowledged stands in the
/// log. Outside <see cref="ErrorInterceptor"/>, so that it sees the status that goes out.
/// </summary>
internal sealed partial class AuditInterceptor(AuditTrail audit) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        RecordAsync(context, request, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        RecordAsync(context, null, () => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var told = new CountingWriter<TResponse>(responseStream);
        return RecordAsync(
            context,
            request,
            async () =>
            {
                await continuation(request, told, context);
                return true;
            },
            () => told.HasWritten);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) => RecordAsync(context, null, async () =>
    {
        await continuation(requestStream, responseStream, context);
        return true;
    });

    private async Task<T> RecordAsync<T>(ServerCallContext context, object? request, Func<Task<T>> call, Func<bool>? hasTold = null)
    {
        var admission = Admission.Of(context);
        T response;
        try
        {
            response = await call();
        }
        catch (Exception e)
        {
            var code = e switch
            {
                RpcException rpc => rpc.StatusCode,
                OperationCanceledException => StatusCode.Cancelled,
                _ => StatusCode.Internal,
            };

            // A stream that broke off has told something all the same. Otherwise nothing was found or done under the name: it may be
            // anything that the caller made up, and is left out but for its kind.
            var isTold = hasTold?.Invoke() is true;
            admission.Resource ??= isTold ? NameIn(request) : KindOf(NameIn(request));
            await audit.RecordAsync(admission, AuditTrail.OutcomeOf(code), isDurable: isTold && admission.Rule.Effect != CallEffect.Read);
            throw;
        }

        admission.Resource ??= NameIn(request);
        try
        {
            await audit.RecordAsync(admission, AuditTrail.OutcomeOf(context.Status.StatusCode), isDurable: admission.Rule.Effect != CallEffect.Read);
        }
        catch (CatalogueUnavailableException e)
        {
            throw HubStatus.Of(e)!;
        }

        return response;
    }

    /// <summary>The resource name in a request's field <c>name</c>, when it has the form of one.</summary>
    private static string NameIn(object? request) =>
        request is IMessage message
        && message.Descriptor.FindFieldByName("name") is { IsRepeated: false, FieldType: Google.Protobuf.Reflection.FieldType.String } field
        && field.Accessor.GetValue(message) is string name && ResourceForm().IsMatch(name) ? name : string.Empty;

    private static string KindOf(string name) => name.Length == 0 ? name : name[..(name.IndexOf('/', StringComparison.Ordinal) + 1)] + "?";

    [GeneratedRegex(@"\A[a-z]{1,30}/[a-z0-9_-]{1,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ResourceForm();
}
