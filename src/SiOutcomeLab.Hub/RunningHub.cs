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
    private readonly ICatalogue _catalogue;
    private readonly TimeProvider _time;
    private readonly Func<ValueTask> _release;

    internal RunningHub(WebApplication app, Uri grpc, Uri json, ICatalogue catalogue, TimeProvider time, Func<ValueTask> release)
    {
        _app = app;
        GrpcAddress = grpc;
        JsonAddress = json;
        _catalogue = catalogue;
        _time = time;
        _release = release;
    }

    /// <summary>Where gRPC is served, e.g. <c>http://127.0.0.1:5001</c>.</summary>
    public Uri GrpcAddress { get; }

    /// <summary>Where JSON is served.</summary>
    public Uri JsonAddress { get; }

    internal ICatalogue Catalogue => _catalogue;

    /// <summary>Makes an access token. It is told here once; the hub keeps only its hash.</summary>
    public async Task<string> GrantAsync(Caller caller, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await _catalogue.Tokens.AddAsync(AccessTokenHash.Of(token), caller, _time.GetUtcNow() + lifetime, cancellationToken);
        return token;
    }

    /// <summary>
    /// Gives the caller its roles as rows, which hold for its certificate and its signed tokens; how the first steward of a new hub comes to
    /// be. Every later one is made by a steward, over the wire.
    /// </summary>
    /// <exception cref="ArgumentException">The rows cannot be, e.g. a steward outside the lab.</exception>
    public async Task GrantRolesAsync(Caller caller, CancellationToken cancellationToken)
    {
        foreach (var role in caller.Roles.Order())
        {
            var grant = new RoleGrant(caller.Organisation, caller.Subject, role);
            if (grant.Breaches().FirstOrDefault() is { Problem: not null } breach) throw new ArgumentException($"{breach.Field} {breach.Problem}", nameof(caller));
            var now = _time.GetUtcNow();
            await _catalogue.Identity.GrantAsync(grant, "lab/hub", now, cancellationToken);
            await _catalogue.Audit.AppendAsync(
                AuditEntry.OfHub(now, "grant-role", $"{grant.Organisation}/{grant.Subject}/{RoleWords.Of(role)}", "OK"), cancellationToken);
        }
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
