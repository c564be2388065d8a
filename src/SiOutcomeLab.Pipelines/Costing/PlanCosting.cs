using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Economics.Baselines;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.UnitCosts;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>A plan's kronor, and what its baselines are pooled from with other plans of the method.</summary>
/// <param name="Costs">The plan's own, in plain values.</param>
/// <param name="TargetGroup">The target group's quantities; null when nobody is left or nothing could be priced.</param>
/// <param name="Counterfactual">The counterfactual's; null when the groups are not comparable.</param>
internal sealed record Costed(PlanCosts Costs, RowMeans? TargetGroup, RowMeans? Counterfactual);

/// <summary>Puts a plan's trials in kronor: two baselines and the saving, by one set of unit costs in one year's prices.</summary>
internal sealed class PlanCosting(PriceTerms prices, string registerHash, DiscountRate rate, IPropensityModel model)
{
    private const double EnoughRetained = 0.8;

    /// <summary>The plan's measures that can be priced, and what is missing for the others.</summary>
    public (IReadOnlyList<MeasureCode> Priced, IReadOnlyList<CostGap> Gaps) Measures(EvaluationPlan plan)
    {
        var (priced, gaps) = (new List<MeasureCode>(), new List<CostGap>());
        foreach (var measure in CostingPlan.Measures(plan))
        {
            var missing = prices.For(measure, MeasureVocabulary.Of(measure).Unit.En)
                .Match<IReadOnlyList<CostGap>>(static _ => [], static g => g);
            if (missing.Count == 0) priced.Add(measure);
            gaps.AddRange(missing);
        }

        return (priced, gaps);
    }

    /// <summary>The plan without a krona: no measure can be priced, or its horizon holds no year.</summary>
    public Costed Nothing(EvaluationPlan plan, int look) =>
        new(new PlanCosts(plan, look, CostingPlan.Years(plan), TermsOf(plan), Measures(plan).Gaps, [], null, null, null, null), null, null);

    /// <summary>The plan's kronor.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="look">The look.</param>
    /// <param name="rows">Its rows, with the measures that can be priced.</param>
    /// <param name="standing">Its headline's standing.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public Costed Of(EvaluationPlan plan, int look, CostedRows rows, Standing standing, CancellationToken cancellationToken)
    {
        var years = CostingPlan.Years(plan);
        var scope = new BaselineScope(plan.Id, MunicipalityGroupOf(plan), years);
        var untreated = rows.Only([.. Enumerable.Range(0, rows.Cohort.Rows).Where(i => !rows.Cohort.Treated[i])]);
        // Of those who do not take part, no comparison is made.
        var eligible = untreated.Cohort.Rows == 0 ? null : RowMeans.Plain(untreated, untreated.PerYear(GateVerdict.Pass));
        var (effects, why) = JointEffects.Of(plan, rows, model, cancellationToken);
        var level = plan.ConfidenceLevel;
        var target = eligible is null ? null : Baseline(
            TargetGroupBaseline.Price(new TargetGroupQuantities(scope, eligible.ToSet()), prices, level).Map(b => b.PerPersonYear), eligible, years);
        var counterfactual = effects is null ? null : Baseline(
            CounterfactualBaseline.Price(new CounterfactualQuantities(scope, effects.Counterfactual.ToSet()), prices, level).Map(b => b.PerPersonYear),
            effects.Counterfactual,
            years);
        var (saving, used) = effects is null ? (null, []) : SavingOf(plan, rows, effects, standing);
        if (used.Count == 0 && eligible is not null) used = PricesOf(rows.What);
        return new Costed(
            new PlanCosts(plan, look, years, TermsOf(plan), Measures(plan).Gaps, used, target, counterfactual, saving, why),
            eligible,
            effects?.Counterfactual);
    }

    /// <summary>Pools a baseline over plans of a method in one municipality group, those with the same horizon.</summary>
    /// <param name="kind">Which baseline.</param>
    /// <param name="method">The method.</param>
    /// <param name="municipalityGroup">The plans' municipality group.</param>
    /// <param name="inputsHash">Hash of what the plans' kronor follow from.</param>
    /// <param name="plans">The plans' kronor, each with this kind of baseline; at least one.</param>
    public PooledCosts Pool(BaselineKind kind, string method, string municipalityGroup, string inputsHash, IReadOnlyList<Costed> plans)
    {
        var ordered = plans.OrderBy(p => p.Costs.Plan.Id, StringComparer.Ordinal).ToList();
        var scope = new BaselineScope(method, municipalityGroup, ordered[0].Costs.HorizonYears);
        if (ordered.Exists(p => p.Costs.HorizonYears != scope.HorizonYears))
        {
            throw new ArgumentException("Plans of several horizons are not pooled.", nameof(plans));
        }

        var pooled = PooledMeans.Of([.. ordered.Select(p => kind == BaselineKind.TargetGroup
            ? (p.TargetGroup!, p.TargetGroup!.Persons)
            : (p.Counterfactual!, p.Costs.Saving!.Participants))]);
        var terms = TermsOf(ordered[0].Costs.Plan);
        string[] ids = [.. ordered.Select(p => p.Costs.Plan.Id)];
        if (pooled.Means is not { } means) return new PooledCosts(kind, scope, ids, inputsHash, terms, pooled.LeftOut, [], null);
        var table = kind == BaselineKind.TargetGroup
            ? TargetGroupBaseline.Price(new TargetGroupQuantities(scope, means.ToSet()), prices, terms.Level).Map(b => b.PerPersonYear)
            : CounterfactualBaseline.Price(new CounterfactualQuantities(scope, means.ToSet()), prices, terms.Level).Map(b => b.PerPersonYear);
        var baseline = Baseline(table, means, scope.HorizonYears);
        return new PooledCosts(kind, scope, ids, inputsHash, terms, pooled.LeftOut, PricesOf(means.What), baseline);
    }

    /// <summary>The municipality group of the plan's organisation; empty when it has none.</summary>
    public static string MunicipalityGroupOf(EvaluationPlan plan) =>
        Contract.MunicipalityGroups.Current.TryFind(plan.Organisation.Code, out var group) ? group.Code : string.Empty;

    private (SavingSummary Saving, IReadOnlyList<PriceUsed> Prices) SavingOf(
        EvaluationPlan plan, CostedRows rows, JointEffects effects, Standing standing)
    {
        var eligible = rows.Cohort.EligibleTreated;
        var retained = eligible == 0 ? 0 : effects.Used / (double)eligible;
        var participants = retained >= EnoughRetained ? eligible : effects.Used;
        var whole = new EffectQuantities(plan.Id, effects.Effects, participants, standing);
        var saving = Given(Saving.Of(whole, prices, rate, plan.ConfidenceLevel));
        var winsorised = Given(Saving.Of(whole with { Set = effects.Winsorised }, prices, rate, plan.ConfidenceLevel));
        var summary = new SavingSummary(
            participants,
            retained < EnoughRetained && effects.HoldsFor == EstimateGroup.AllTreated ? EstimateGroup.MatchedTreated : effects.HoldsFor,
            retained,
            effects.Used,
            effects.Counterfactual.Persons,
            effects.Counterfactual.EffectivePersons,
            effects.Used + effects.Counterfactual.Persons - rows.Cohort.Covariates.Columns - 2,
            standing,
            MoneySummary.Of(saving.EconomicValue),
            MoneySummary.Of(saving.Marginal),
            MoneySummary.Of(saving.BudgetReducible),
            MoneySummary.Of(saving.BudgetReducibleLater),
            winsorised.EconomicValue.Paid.Sek,
            effects.PersonsCut) { Effects = effects.Effects.Quantities };
        return (summary, [.. saving.Prices.Select(PriceUsed.Of)]);
    }

    private BaselineSummary Baseline(Costable<MoneyTable> table, RowMeans means, int years)
    {
        var byMeasure = means.What.Select((w, k) => (w, k)).GroupBy(x => (x.w.Measure, x.w.Unit)).Select(g => new PersonQuantities(
            g.Key.Measure,
            g.Key.Unit,
            [.. Enumerable.Range(0, means.Weights.Length).Select(i => g.Sum(x => means.Values[x.k][i]) / years)]));
        return new BaselineSummary(MoneySummary.Of(Given(table)), Given(WinsorisedCost.Of([.. byMeasure], means.Weights, prices, person: means.PersonNumbers)));
    }

    private List<PriceUsed> PricesOf(IReadOnlyList<MeasureYear> what) =>
    [
        .. what.Select(w => (w.Measure, w.Unit)).Distinct().SelectMany(w => Given(prices.For(w.Measure, w.Unit)))
            .OrderBy(p => p.Cost.Code, StringComparer.Ordinal).Select(PriceUsed.Of),
    ];

    private CostTerms TermsOf(EvaluationPlan plan) => new(prices.Set, registerHash, prices.Level, prices.UsedOn, rate, plan.ConfidenceLevel);

    // Rows carry only measures that can be priced.
    private static T Given<T>(Costable<T> costable) => costable.Match(
        static some => some,
        static gaps => throw new InvalidOperationException($"{gaps[0].Measure} was to be priced, but {gaps[0].Set} lacks something for it."));
}
