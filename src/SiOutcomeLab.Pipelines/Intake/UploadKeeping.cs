using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>
/// Gives uploads up when their time is over, forgets those long ended, and clears the spool of what belongs to none. Also the one who
/// tells intake that the hub stops.
/// </summary>
/// <param name="catalogue">The catalogue.</param>
/// <param name="desk">The uploads.</param>
/// <param name="finalise">Those being brought to their end: they are left alone.</param>
/// <param name="spool">The spool.</param>
/// <param name="limits">How often.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of what fails.</param>
public sealed class UploadKeeping(
    ICatalogue catalogue,
    UploadDesk desk,
    FinaliseDesk finalise,
    UploadSpool spool,
    UploadLimits limits,
    TimeProvider time,
    ILogger<UploadKeeping> logger) : BackgroundService
{
    // An upload that was opened after the catalogue was asked has younger files than this.
    private static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    /// <summary>One round.</summary>
    /// <returns>How many uploads were given up.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var expired = 0;
        foreach (var upload in await catalogue.Uploads.OverdueAsync(now, cancellationToken))
        {
            if (finalise.StageOf(upload.Id) != UploadStage.Receiving) continue;
            await desk.EndAsync(upload.Id, UploadState.Expired, cancellationToken);
            await catalogue.Audit.AppendAsync(AuditEntry.OfHub(now, "expire-upload", "uploads/" + upload.Id, "OK"), cancellationToken);
            expired++;
        }

        await catalogue.Uploads.ForgetAsync(now, cancellationToken);
        var open = await catalogue.Uploads.AllOpenAsync(cancellationToken);
        await spool.SweepAsync(open.Select(u => u.Id).ToHashSet(StringComparer.Ordinal), now - OrphanAge, cancellationToken);
        return expired;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await finalise.StopAsync();
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(limits.SweepInterval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever fails now is tried again at the next turn; the hub must not fall for it.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Log.UploadSweepFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
