using System.Text.Json;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Changes;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Changes;

/// <summary>
/// Divides the change between two results' savings into what the effect and what prices changed, by each set of unit costs. Nothing is read of
/// the lake: kept effects are held against kept prices, so that it can be done when rows are gone.
/// </summary>
/// <param name="costs">Kept kronor.</param>
/// <param name="terms">On which terms the hub reckons now.</param>
/// <param name="policyOf">The disclosure policy of a data policy.</param>
public sealed class KronorChanges(ICostStore costs, CostingTerms terms, Func<DataPolicy, DisclosurePolicy> policyOf)
{
    private readonly HashSet<string> _marks = [.. terms.Marks];

    /// <summary>Divides the changes.</summary>
    /// <param name="earlierRunId">The earlier run; the later one itself when only its prices may have changed.</param>
    /// <param name="laterRunId">The later run.</param>
    /// <param name="stoodOn">The day whose earlier kronor are meant; null for the earlier run's latest.</param>
    /// <param name="audience">Who asks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>One by set of unit costs, by its code; empty when neither run has been put in kronor.</returns>
    public async Task<IReadOnlyList<Released<ReleasedKronorChange>>> ExplainAsync(
        string earlierRunId, string laterRunId, DateOnly? stoodOn, Audience audience, CancellationToken cancellationToken)
    {
        var earlier = (await costs.OfRunAsync(earlierRunId, audience, cancellationToken)).ToLookup(SetOf, StringComparer.Ordinal);
        var later = (await costs.OfRunAsync(laterRunId, audience, cancellationToken)).ToLookup(SetOf, StringComparer.Ordinal);
        var changes = new List<Released<ReleasedKronorChange>>();
        foreach (var set in earlier.Concat(later).Select(g => g.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (before, after) = (StoodOn(earlier[set], stoodOn, isSameRun: earlierRunId == laterRunId), OfNow(later[set]));
            if (before is null && after is null) continue;
            var effects = after is null ? null : await EffectsOfAsync(after.Name, cancellationToken);
            changes.Add(new KronorChangeGate(policyOf(StricterOf(before, after))).Release(before, after, effects));
        }

        return changes;
    }

    private static string SetOf(RunCosts kept) => kept.Release.Value.Terms.UnitCostSet;

    // Kronor are dated by the day on which their prices were used. An earlier run that was put in kronor first after the day has its first.
    private ReleasedCosts? StoodOn(IEnumerable<RunCosts> kept, DateOnly? day, bool isSameRun)
    {
        if (day is null) return Latest(kept);
        var all = kept.ToList();
        return Latest(all.Where(k => k.Release.Value.Terms.UsedOn <= day)) ?? (isSameRun ? null : InOrder(all).FirstOrDefault());
    }

    // A hub that has gone back to earlier terms reckons by those.
    private ReleasedCosts? OfNow(IEnumerable<RunCosts> kept) => InOrder(kept).OrderBy(IsOnTermsOfNow).LastOrDefault();

    private ReleasedCosts? Latest(IEnumerable<RunCosts> kept) => InOrder(kept).LastOrDefault();

    // Of those of one day, kronor on the terms of now are the later, and those that stand.
    private IEnumerable<ReleasedCosts> InOrder(IEnumerable<RunCosts> kept) => kept
        .OrderBy(k => k.Release.Value.Terms.UsedOn)
        .ThenBy(k => IsOnTermsOfNow(k.Release.Value))
        .ThenBy(k => k.Stands)
        .ThenBy(k => k.Release.Value.Terms.PriceLevel.Year)
        .ThenBy(k => k.Release.Value.Name, StringComparer.Ordinal)
        .Select(k => k.Release.Value);

    private bool IsOnTermsOfNow(ReleasedCosts kept) => _marks.Contains(kept.Terms.Mark);

    private static DataPolicy StricterOf(ReleasedCosts? before, ReleasedCosts? after) =>
        before?.Policy == DataPolicy.Standard || after is null ? before!.Policy : after.Policy;

    private async Task<IReadOnlyList<MeasureQuantity>?> EffectsOfAsync(string name, CancellationToken cancellationToken) =>
        await costs.SummaryAsync(name, cancellationToken) is { } summary
            ? JsonSerializer.Deserialize<PlanCosts>(summary, DomainJson.Options)?.Saving?.Effects
            : null;
}
