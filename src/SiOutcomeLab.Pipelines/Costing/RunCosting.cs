using System.Text.Json;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>
/// Puts a run that has succeeded in kronor, once on each of the hub's terms. What is kept is kept whole, sums and release in one
/// transaction; a crash before it leaves the run missing, and the recurring job finds it.
/// </summary>
/// <param name="catalogue">The catalogue.</param>
/// <param name="lake">The lake.</param>
/// <param name="followUp">What has been read of the lake, shared with the runs.</param>
/// <param name="terms">On which terms.</param>
/// <param name="policyOf">The disclosure policy of a data policy; <see cref="Policies.For"/> outside of tests.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where failures are told.</param>
public sealed class RunCosting(
    ICatalogue catalogue,
    ILake lake,
    FollowUpCache followUp,
    CostingTerms terms,
    Func<DataPolicy, DisclosurePolicy> policyOf,
    TimeProvider time,
    ILogger<RunCosting> log)
{
    /// <summary>After so many beginnings on the same terms a run is left to a steward.</summary>
    public const int MaximumAttempts = 5;

    /// <summary>Puts a run in kronor where that has not been done. One that has not succeeded, or does not exist, is left alone.</summary>
    /// <exception cref="OperationCanceledException">The hub is stopping; the rest is taken up again.</exception>
    public async Task ExecuteAsync(string runId, CancellationToken cancellationToken)
    {
        if (await catalogue.Runs.FindAsync(runId, cancellationToken) is not { State: RunState.Succeeded } run) return;
        Evaluated? evaluated = null;
        foreach (var set in terms.Sets)
        {
            var mark = terms.MarkOf(set);
            if (!await catalogue.Costs.BeginAsync(run.Id, mark, MaximumAttempts, cancellationToken)) continue;
            try
            {
                if (await RunSnapshot.OfAsync(catalogue, run, cancellationToken) is not (var registered, { } snapshot))
                {
                    await catalogue.Costs.GiveUpAsync(run.Id, mark, MaximumAttempts, cancellationToken);
                    continue;
                }

                evaluated ??= await EvaluatedAsync(run, cancellationToken);
                await KeepAsync(evaluated, registered.Plan, snapshot, terms.On(set, SwedishDay.Of(time.GetUtcNow())), cancellationToken);
                Log.RunCosted(log, run.Id, run.PlanId, set);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.CostingFailed(log, run.Id, run.PlanId, set, e);
            }
        }
    }

    private async Task<Evaluated> EvaluatedAsync(Run run, CancellationToken cancellationToken)
    {
        var result = await catalogue.Runs.ResultAsync(run.Id, cancellationToken) ?? throw new InvalidOperationException($"Run {run.Id} has no result.");
        return new Evaluated(run, EvaluationResults.Decode(result), await catalogue.Runs.ReleasesAsync(run.Id, cancellationToken));
    }

    private async Task KeepAsync(
        Evaluated evaluated, EvaluationPlan plan, Snapshot snapshot, PlanCosting costing, CancellationToken cancellationToken)
    {
        var (run, result) = (evaluated.Run, evaluated.Result);
        var (measures, _) = costing.Measures(plan);
        var costs = costing.Nothing(plan, run.Look);
        if (measures.Count > 0 && CostingPlan.Years(plan) > 0)
        {
            // Sets that price the same measures count the same rows.
            var key = string.Join(',', measures);
            if (!evaluated.Rows.TryGetValue(key, out var counted))
            {
                evaluated.Rows[key] = counted = await new CostRun(catalogue, lake, followUp).RowsAsync(plan, run.Look, snapshot, measures, cancellationToken);
            }

            costs = costing.Of(plan, run.Look, counted, StandingOf(result), cancellationToken);
        }

        var release = new CostGate(policyOf(result.Policy)).Release(costs.Costs, result, evaluated.Releases, result.Policy);
        var summary = JsonSerializer.SerializeToUtf8Bytes(costs.Costs, DomainJson.Options);
        await catalogue.Costs.KeepAsync(new KeptCosts(run.Id, summary, release), cancellationToken);
    }

    private static Standing StandingOf(EvaluationResult result) => result.Estimates[0].Standing;

    // A run as it is put in kronor on several terms: read and counted once.
    private sealed record Evaluated(Run Run, EvaluationResult Result, IReadOnlyList<Released<ReleasedEffect>> Releases)
    {
        public Dictionary<string, CostedRows> Rows { get; } = new(StringComparer.Ordinal);
    }
}
