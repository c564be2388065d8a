using Microsoft.Extensions.Hosting;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub;

/// <summary>A hub that serves. Disposing it stops it: calls end, running evaluations finish or are taken up at the next start.</summary>
public sealed class RunningHub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IAccessTokens _tokens;
    private readonly TimeProvider _time;
    private readonly Func<ValueTask> _release;

    internal RunningHub(WebApplication app, Uri grpc, Uri json, IAccessTokens tokens, TimeProvider time, Func<ValueTask> release)
    {
        _app = app;
        GrpcAddress = grpc;
        JsonAddress = json;
        _tokens = tokens;
        _time = time;
        _release = release;
    }

    /// <summary>Where gRPC is served, e.g. <c>http://127.0.0.1:5001</c>.</summary>
    public Uri GrpcAddress { get; }

    /// <summary>Where JSON is served.</summary>
    public Uri JsonAddress { get; }

    /// <summary>Makes an access token. It is told here once; the hub keeps only its hash.</summary>
    public async Task<string> GrantAsync(Caller caller, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await _tokens.AddAsync(AuthorisationInterceptor.HashOf(token), caller, _time.GetUtcNow() + lifetime, cancellationToken);
        return token;
    }

    /// <summary>Ends when the hub has been told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _release();
    }
}
