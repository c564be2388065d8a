using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

/// <summary>
/// What every catalogue must do, whatever database holds it. A dialect derives from the contracts and says how to open one.
/// </summary>
public abstract class CatalogueContract : IAsyncLifetime
{
    /// <summary>The most milliseconds one test may take.</summary>
    protected const int Limit = 180_000;

    private ICatalogue? _catalogue;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected ICatalogue Catalogue => _catalogue ?? throw new InvalidOperationException("Not opened.");

    /// <summary>Opens the catalogue of this test; empty the first time, the same one after that.</summary>
    protected abstract Task<ICatalogue> OpenAsync();

    /// <summary>Removes it.</summary>
    protected abstract ValueTask RemoveAsync();

    public async ValueTask InitializeAsync() => _catalogue = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (_catalogue is not null) await _catalogue.DisposeAsync();
        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes and opens again, as a restarted hub does.</summary>
    protected async Task ReopenAsync()
    {
        await Catalogue.DisposeAsync();
        _catalogue = await OpenAsync();
    }

    /// <summary>A registered plan, a snapshot of one committed submission, and a queued run of the two.</summary>
    private protected async Task<(EvaluationPlan Plan, Run Run)> QueueAsync(
        EvaluationPlan plan, string content = "a", DateTimeOffset? at = null)
    {
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan), Cancel);
        var snapshot = await SnapshotAsync(content);
        var run = await Catalogue.Runs.EnqueueAsync(plan, snapshot, 1, NewRunId(), at ?? SampleSubmissions.Time, Cancel);
        return (plan, run);
    }

    private protected async Task<Snapshot> SnapshotAsync(string content)
    {
        var project = new Domain.Identity.ProjectId("p-" + content);
        var committed = await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of(content, "2025", project: project), Cancel);
        return Snapshot.Of(project, [committed.Submission]);
    }

    /// <summary>Claims a run and completes it with these releases.</summary>
    private protected async Task CompleteAsync(Run run, params Released<ReleasedEffect>[] releases)
    {
        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        Assert.NotNull(claimed);
        Assert.True(await Catalogue.Runs.CompleteAsync(
            run.Id, claimed.Epoch, new byte[] { 1, 2, 3 }, releases, SampleSubmissions.Time, Cancel));
    }

    private protected static string NewRunId() => "r-" + Guid.NewGuid().ToString("N");
}
