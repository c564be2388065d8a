using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.Words;

namespace SiOutcomeLab.Disclosure.Costs;

/// <summary>The gate between kronor and readers.</summary>
/// <param name="policy">The rules that apply.</param>
public sealed class CostGate(DisclosurePolicy policy)
{
    private readonly MoneyGate _money = new(policy);

    /// <summary>What readers may see of a plan's kronor.</summary>
    /// <param name="costs">The plan's kronor at full precision.</param>
    /// <param name="result">The result of the look's run at full precision.</param>
    /// <param name="effects">What was released of it.</param>
    /// <param name="data">The data that they rest on.</param>
    /// <exception cref="ArgumentException">The result or its releases are of another plan or look.</exception>
    public Released<ReleasedCosts> Release(
        PlanCosts costs, EvaluationResult result, IReadOnlyList<Released<ReleasedEffect>> effects, DataPolicy data)
    {
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(effects);
        var isOfIt = result.Plan.Id == costs.Plan.Id && result.Plan.Version == costs.Plan.Version && result.Lineage.Look == costs.Look
            && effects.All(e => e.Value.RunId == result.RunId);
        if (!isOfIt)
        {
            throw new ArgumentException($"The result is not of plan {costs.Plan.Id}, version {costs.Plan.Version}, look {costs.Look}.", nameof(result));
        }

        var refusal = costs.Saving is { } found ? RefusalOf(costs, found, result, effects) : null;
        var sentences = new List<BilingualText>();
        var target = Baseline(costs.TargetGroup, BaselineKind.TargetGroup, costs.Terms, null, isPooled: false, sentences);
        var counterfactual = Baseline(costs.Counterfactual, BaselineKind.Counterfactual, costs.Terms, refusal, isPooled: false, sentences);
        var saving = costs.Saving is { } full ? SavingOf(costs, full, refusal, sentences) : null;
        if (costs.NotEstimable is { } why) sentences.Add(CostWords.NotEstimable(why, costs.Plan));
        if (costs.HorizonYears == 0) sentences.Add(CostWords.ShorterThanAYear);
        sentences.AddRange(costs.Gaps.Select(GapWords.Say));
        return Of(new ReleasedCosts(
            $"costs/{costs.Plan.Id}-v{costs.Plan.Version}-{result.RunId[..8]}-{costs.Terms.UnitCostSet}-{costs.Terms.PriceLevel.Year}-{costs.Terms.Mark}",
            costs.Plan.Id,
            null,
            costs.HorizonYears,
            costs.Terms,
            data,
            costs.Prices,
            costs.Gaps,
            target,
            counterfactual,
            saving,
            sentences)
        {
            Plan = new CostedPlan(costs.Plan, result.PlanTiming, result.Method, result.RunId, result.Lineage),
            NotEstimable = costs.NotEstimable,
        });
    }

    /// <summary>What readers may see of a baseline pooled over plans of a method.</summary>
    /// <param name="costs">The baseline at full precision.</param>
    /// <param name="data">The strictest policy of the data that it rests on.</param>
    public Released<ReleasedCosts> Release(PooledCosts costs, DataPolicy data)
    {
        ArgumentNullException.ThrowIfNull(costs);
        var sentences = new List<BilingualText>();
        var money = Baseline(costs.Baseline, costs.Kind, costs.Terms, null, isPooled: true, sentences);
        var kind = costs.Kind == BaselineKind.TargetGroup ? "target-group" : "counterfactual";
        var scope = costs.Scope;
        return Of(new ReleasedCosts(
            $"costs/{scope.Subject}-{scope.MunicipalityGroup.ToLowerInvariant()}-{scope.HorizonYears}y-{kind}"
                + $"-{costs.Terms.UnitCostSet}-{costs.Terms.PriceLevel.Year}-{costs.InputsHash[..12]}",
            scope.Subject,
            scope.MunicipalityGroup,
            scope.HorizonYears,
            costs.Terms,
            data,
            costs.Prices,
            [],
            costs.Kind == BaselineKind.TargetGroup ? money : null,
            costs.Kind == BaselineKind.Counterfactual ? money : null,
            null,
            sentences));
    }

    private Released<ReleasedCosts> Of(ReleasedCosts costs) => new(costs, policy.Audience, policy.RuleVersion);

    private ReleasedMoney? Baseline(
        BaselineSummary? baseline,
        BaselineKind kind,
        CostTerms terms,
        SuppressionReason? refusal,
        bool isPooled,
        List<BilingualText> sentences)
    {
        if (baseline is null) return null;
        var (money, words) = _money.Release(baseline.PerPersonYear, refusal, behind => SumBasis.OfMean(behind, isPooled));
        var sentence = words is null ? CostWords.Withheld(kind)
            : kind == BaselineKind.TargetGroup ? BaselineWords.OfTargetGroup(words, terms.PriceLevel)
            : BaselineWords.OfCounterfactual(words, terms.PriceLevel);
        sentences.Add(sentence);
        // What the cut takes away is those few persons': it is told only where they are enough, and never of a pool, whose cut persons'
        // municipalities are not known.
        var cut = baseline.Winsorised;
        var basis = new SumBasis(cut.Persons, cut.PersonsCut, cut.LargestShareCut, null, 0);
        var ofCut = money.Paid.Suppression ?? (cut.PersonsCut == 0 ? null : isPooled ? SuppressionReason.Secondary : policy.RefusesSum(basis));
        return money with { Sentence = sentence, Winsorised = _money.Beside(baseline.PerPersonYear, cut.WinsorisedMean, ofCut) };
    }

    private ReleasedSaving SavingOf(
        PlanCosts costs, SavingSummary saving, SuppressionReason? refusal, List<BilingualText> sentences)
    {
        var (value, valueWords) = _money.Release(saving.EconomicValue, refusal, SumBasis.OfEffect);
        var (marginal, marginalWords) = _money.Release(saving.Marginal, refusal, SumBasis.OfEffect);
        var (cut, cutWords) = _money.Release(saving.BudgetReducible, refusal, SumBasis.OfEffect);
        var (later, laterWords) = _money.Release(saving.BudgetReducibleLater, refusal, SumBasis.OfEffect);
        var sentence = valueWords is not null && marginalWords is not null && cutWords is not null && laterWords is not null
            ? SavingWords.Say(new ShownSaving(
                valueWords, marginalWords, cutWords, laterWords, costs.HorizonYears, costs.Terms.PriceLevel, costs.Terms.Rate, saving.Standing))
            : CostWords.SavingWithheld;
        sentences.Add(sentence);
        var ofCut = value.Paid.Suppression ?? (policy.AllowsDifference(saving.PersonsCut) ? null : SuppressionReason.FewPersons);
        return new ReleasedSaving(
            refusal is { } why ? Cell.Suppressed(why) : policy.Count(saving.Participants),
            saving.HoldsFor,
            refusal is null ? saving.Standing : Standing.Indicative,
            value with { Winsorised = _money.Beside(saving.EconomicValue, saving.WinsorisedPaid, ofCut) },
            marginal,
            cut,
            later) { Sentence = sentence };
    }

    // Prices are public: who knows the kronor of a measure knows its effect. Kronor of an effect go out only when the effect itself has, and
    // only when they rest on the same persons or on ten others at least.
    private SuppressionReason? RefusalOf(
        PlanCosts costs, SavingSummary saving, EvaluationResult result, IReadOnlyList<Released<ReleasedEffect>> effects)
    {
        var basis = new ModelBasis(saving.Treated, saving.Comparison, saving.EffectiveComparison, saving.ResidualDegreesOfFreedom);
        if (policy.Refuses(basis) is { } few) return few;
        foreach (var measure in costs.Prices.Select(p => p.Measure).Distinct())
        {
            var effect = effects.FirstOrDefault(e => e.Value.Role is EstimateRole.Headline or EstimateRole.Secondary
                && e.Value.Outcome.Measure == measure && e.Value.Outcome.HorizonPeriods == costs.Plan.Primary.HorizonPeriods);
            if (effect?.Value.Status != EffectStatus.Estimated) return effect?.Value.WithheldFor ?? SuppressionReason.Secondary;
        }

        return result.Estimates[0].Estimate is { } headline
            && policy.AllowsDifference(Math.Abs(headline.Treated - saving.Treated))
            && policy.AllowsDifference(Math.Abs(headline.Comparison - saving.Comparison))
            ? null
            : SuppressionReason.Secondary;
    }
}
