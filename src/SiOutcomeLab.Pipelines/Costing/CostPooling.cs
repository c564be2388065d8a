using System.Globalization;
using System.Text.Json;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>
/// Pools the baselines of a method's plans in a municipality group: every plan's quantities again on one common list of submissions that allow
/// pooled results, by each of the hub's sets of unit costs, and what of it may be shown. No value of a person is kept.
/// </summary>
/// <param name="catalogue">The catalogue.</param>
/// <param name="lake">The lake.</param>
/// <param name="followUp">What has been read of the lake, shared with the runs.</param>
/// <param name="terms">On which terms.</param>
/// <param name="policyOf">The disclosure policy of a data policy; <see cref="Policies.For"/> outside of tests.</param>
/// <param name="time">The clock.</param>
public sealed class CostPooling(
    ICatalogue catalogue, ILake lake, FollowUpCache followUp, CostingTerms terms, Func<DataPolicy, DisclosurePolicy> policyOf, TimeProvider time)
{
    /// <summary>Pools and keeps, by every set.</summary>
    /// <param name="inputs">The plans.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="LakeObjectMissingException">A file has been erased in the meantime; what remains is taken up at the next turn.</exception>
    public async Task MakeAsync(CostPoolInputs inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var live = await catalogue.Submissions.InProjectAsync(inputs.Project, cancellationToken);
        var common = Snapshot.Of(inputs.Project, live.Where(s => s.AllowedUses.HasFlag(AllowedUses.PooledResults)));
        var now = time.GetUtcNow();
        var costings = terms.Sets.Select(set => (Set: set, Costing: terms.On(set, SwedishDay.Of(now)), Plans: new List<Costed>())).ToArray();
        foreach (var look in inputs.Looks)
        {
            var rows = new Dictionary<string, CostedRows>(StringComparer.Ordinal);
            foreach (var (_, costing, plans) in costings)
            {
                if (await CostAsync(look, common, costing, rows, cancellationToken) is { } costed) plans.Add(costed);
            }
        }

        foreach (var (set, costing, plans) in costings)
        {
            await KeepAsync(inputs, set, costing, plans, common, now, cancellationToken);
        }
    }

    internal static CostPoolKey KeyOf(CostPoolInputs inputs, CostingTerms terms, string set) =>
        new(inputs.Project, inputs.Method, inputs.MunicipalityGroup, inputs.HorizonYears, set, terms.PriceYear);

    // Null when the plan's own organisation lets nothing of its own be pooled, or nothing of the plan has a price.
    private async Task<Costed?> CostAsync(
        CurrentLook look, Snapshot common, PlanCosting costing, Dictionary<string, CostedRows> rows, CancellationToken cancellationToken)
    {
        var plan = look.Registered.Plan;
        if (!common.Submissions.Any(s => s.Organisation == plan.Organisation && s.AllowedUses.HasFlag(AllowedUses.OwnEvaluation))) return null;
        var (measures, _) = costing.Measures(plan);
        if (measures.Count == 0) return null;
        // Sets that price the same measures count the same rows.
        var key = string.Join(',', measures);
        if (!rows.TryGetValue(key, out var counted))
        {
            var snapshot = CohortBuilder.SnapshotFor(plan, common.Submissions);
            rows[key] = counted = await new CostRun(catalogue, lake, followUp).RowsAsync(plan, look.Look, snapshot, measures, cancellationToken);
        }

        // What the saving would stand for is nobody's question here.
        return costing.Of(plan, look.Look, counted, Standing.Indicative, cancellationToken);
    }

    private async Task KeepAsync(
        CostPoolInputs inputs,
        string set,
        PlanCosting costing,
        IReadOnlyList<Costed> plans,
        Snapshot common,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var inputsHash = inputs.HashOn(terms.MarkOf(set));
        var day = SwedishDay.Of(now).ToString("O", CultureInfo.InvariantCulture);
        var policy = RunEvaluation.StrictestOf(common);
        var gate = new CostGate(policyOf(policy));
        var kept = new List<(byte[], Released<ReleasedCosts>)>();
        foreach (var kind in Enum.GetValues<BaselineKind>())
        {
            Costed[] having = [.. plans.Where(p => (kind == BaselineKind.TargetGroup ? p.TargetGroup : p.Counterfactual) is not null)];
            if (having.Length < CostPoolInputs.FewestMunicipalities) continue;
            var pooled = costing.Pool(
                kind, inputs.Method, inputs.MunicipalityGroup, CostPoolInputs.HashOf([inputsHash, common.Hash, day]), having);
            kept.Add((JsonSerializer.SerializeToUtf8Bytes(pooled, DomainJson.Options), gate.Release(pooled, policy)));
        }

        await catalogue.Costs.KeepPoolAsync(new KeptCostPool(KeyOf(inputs, terms, set), inputsHash, common, now, kept), cancellationToken);
    }
}
