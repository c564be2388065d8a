using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Errors;

/// <summary>Turns the hub's errors into gRPC status with <c>ErrorInfo</c>, in one place. What is not the hub's own error passes on as a fault.</summary>
internal sealed class ErrorInterceptor : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(() => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(() => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(async () =>
        {
            await continuation(request, responseStream, context);
            return true;
        });

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(async () =>
        {
            await continuation(requestStream, responseStream, context);
            return true;
        });

    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (HubException e)
        {
            throw ToStatus(e).ToRpcException();
        }
        catch (FieldsInvalidException e)
        {
            throw ToStatus(HubException.FieldsInvalid(e.Fields)).ToRpcException();
        }
        catch (CatalogueUnavailableException)
        {
            throw ToStatus(new HubException(HubError.CatalogueUnavailable, "The hub cannot reach its catalogue at this moment; try again in a minute.")).ToRpcException();
        }
    }

    private static Google.Rpc.Status ToStatus(HubException e)
    {
        var (code, reason) = ErrorTable.Of(e.Error);
        // Field 1 is `reason` on today's wire; the package at hand was made when it was still named `type`.
        var info = new ErrorInfo { Domain = ErrorTable.Domain, Type = reason };
        foreach (var (name, value) in e.Facts) info.Metadata.Add(name, value);
        var status = new Google.Rpc.Status { Code = (int)code, Message = e.Message, Details = { Any.Pack(info) } };
        if (e.Fields.Count > 0)
        {
            var bad = new BadRequest();
            bad.FieldViolations.AddRange(e.Fields.Select(f => new BadRequest.Types.FieldViolation { Field = f.Field, Description = f.Problem }));
            status.Details.Add(Any.Pack(bad));
        }

        return status;
    }
}
