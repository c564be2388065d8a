using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Grpc.Core.Interceptors;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>Finds out who calls, and lets the call through only as <see cref="CallRules"/> says. Runs before the first message is read.</summary>
internal sealed class AuthorisationInterceptor(IAccessTokens tokens, TimeProvider time) : Interceptor
{
    private const string Scheme = "Bearer ";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        return await continuation(request, context);
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        return await continuation(requestStream, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(request, responseStream, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(requestStream, responseStream, context);
    }

    /// <summary>A token as it is kept.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private async Task AdmitAsync(ServerCallContext context)
    {
        var caller = await CallerOfAsync(context);
        var rule = CallRules.Of(context.Method) ?? throw new HubException(HubError.RoleMissing, "No role may make this call.");
        if (!caller.IsAny(rule.Roles))
        {
            throw ReferenceEquals(caller, Caller.Nobody)
                ? new HubException(HubError.CredentialsInvalid, "This call needs an access token: authorization: Bearer …")
                : new HubException(HubError.RoleMissing, $"This call needs one of the roles {string.Join(", ", rule.Roles)}.");
        }

        context.SetCaller(caller);
    }

    private async Task<Caller> CallerOfAsync(ServerCallContext context)
    {
        var header = context.RequestHeaders.GetAll("authorization").ToArray();
        if (header.Length == 0) return Caller.Nobody;
        if (header.Length > 1 || !header[0].Value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw new HubException(HubError.CredentialsInvalid, "The authorization header must be one access token: Bearer …");
        }

        return await tokens.FindAsync(HashOf(header[0].Value[Scheme.Length..].Trim()), time.GetUtcNow(), context.CancellationToken)
            ?? throw new HubException(HubError.CredentialsInvalid, "The access token is unknown, revoked or has expired.");
    }
}
