using System.Diagnostics;
using Grpc.Core;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Runs.V1;
using SiOutcomeLab.Storage.Catalogue;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests.Costs;

/// <summary>One hub with the NSW plans run and put in kronor, and kronor of other terms beside, shared by tests that only read.</summary>
public sealed class CostHub : IAsyncLifetime
{
    internal const string Weighting = "nsw-entropy-balancing";
    internal const string Matching = "nsw-nearest-neighbour";

    internal TestHub Hub { get; private set; } = null!;

    internal CostService.CostServiceClient Costs { get; private set; } = null!;

    internal Metadata Analyst { get; private set; } = null!;

    /// <summary>A saving and both baselines, for analysts.</summary>
    internal string Inside { get; private set; } = string.Empty;

    /// <summary>The same for everybody, by other unit costs.</summary>
    internal string Open { get; private set; } = string.Empty;

    /// <summary>A target group without a saving, for everybody.</summary>
    internal string WithoutSaving { get; private set; } = string.Empty;

    /// <summary>A pool's target group, partly withheld, for analysts.</summary>
    internal string Pool { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        Hub = await TestHub.StartAsync();
        Costs = new CostService.CostServiceClient(Hub.Channel);
        Analyst = await Hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);
        await Hub.LoadNswAsync(Analyst);
        await Hub.WaitForEffectsAsync(Weighting, Analyst);
        await Hub.WaitForEffectsAsync(Matching, Analyst);
        await WaitForKronorAsync(4);
        var plans = TestHub.NswPlans().ToDictionary(p => p.Id);
        var runs = (await Hub.Runs.ListRunsAsync(new ListRunsRequest(), Analyst)).Runs.ToDictionary(r => r.Plan, r => r.Name["runs/".Length..]);
        Inside = await KeepAsync(runs[Weighting], SampleCosts.Of(plans[Weighting], runs[Weighting]));
        Open = await KeepAsync(runs[Weighting], SampleCosts.Of(plans[Weighting], runs[Weighting], Audience.Public, "norrkoping-2016"));
        WithoutSaving = await KeepAsync(runs[Matching], SampleCosts.Of(plans[Matching], runs[Matching], Audience.Public, hasSaving: false));
        Pool = await KeepPoolAsync(SampleCosts.Pool(Audience.Analyst));
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    // Two plans by the two sets that a hub counts by unless told otherwise; earnings in dollars have no price.
    private async Task WaitForKronorAsync(int expected)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < TestHub.Timeout)
        {
            var found = await Costs.ListSavingsAsync(new ListSavingsRequest { IncludeMissing = true }, Analyst);
            if (found.Savings.Count == expected) return;
            await Task.Delay(100, Cancel.Token);
        }

        throw new TimeoutException($"No {expected} kronor appeared. The hub logged: {string.Join(Environment.NewLine, Hub.Log.Lines.TakeLast(20))}");
    }

    private async Task<string> KeepPoolAsync(Released<ReleasedCosts> release)
    {
        var (c, project) = (release.Value, TestHub.NswPlans()[0].Project);
        var key = new CostPoolKey(project, c.Subject, c.MunicipalityGroup!, c.HorizonYears, c.Terms.UnitCostSet, c.Terms.PriceLevel.Year);
        var read = Snapshot.Of(project, await Hub.Running.Catalogue.Submissions.InProjectAsync(project, Cancel.Token));
        await Hub.Running.Catalogue.Costs.KeepPoolAsync(new KeptCostPool(key, "inputs", read, TimeProvider.System.GetUtcNow(), [([1], release)]), Cancel.Token);
        return c.Name;
    }

    /// <summary>Keeps kronor of a run, with sums of nothing behind them unless others are given.</summary>
    internal async Task<string> KeepAsync(string run, Released<ReleasedCosts> release, byte[]? summary = null)
    {
        await Hub.Running.Catalogue.Costs.KeepAsync(new KeptCosts(run, summary ?? "{}"u8.ToArray(), release), Cancel.Token);
        return release.Value.Name;
    }
}
