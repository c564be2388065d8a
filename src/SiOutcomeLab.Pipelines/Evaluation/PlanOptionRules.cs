using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>What the optional parts of a plan must satisfy.</summary>
internal static class PlanOptionRules
{
    private const int MaximumInterimLooks = 9;
    private const int MaximumOutcomes = 20;
    private const int MaximumSubgroups = 10;

    public static IEnumerable<(string Field, string Problem)> Breaches(EvaluationPlan plan) =>
        LookBreaches(plan).Concat(OutcomeListBreaches(plan)).Concat(SubgroupBreaches(plan)).Concat(PlaceboBreaches(plan)).Concat(OtherBreaches(plan));

    private static IEnumerable<(string Field, string Problem)> LookBreaches(EvaluationPlan plan)
    {
        var looks = plan.InterimLooks ?? [];
        if (looks.Count > MaximumInterimLooks) yield return ("interim_looks", $"must be at most {MaximumInterimLooks}.");
        if (looks.Count == 0 && plan.Spending is not null) yield return ("spending", "must be unset when there is only the final look.");
        for (var i = 0; i < looks.Count; i++)
        {
            var (look, next) = (looks[i], i + 1 < looks.Count ? looks[i + 1] : new InterimLook(plan.LookDueOn, plan.LastIndex, 1));
            var field = $"interim_looks[{i}]";
            if (!(look.DueOn < next.DueOn)) yield return ($"{field}.due_on", "must be before the next look's.");
            if (!(look.InformationFraction > 0 && look.InformationFraction < next.InformationFraction))
            {
                yield return ($"{field}.information_fraction", "must be positive, and less than the next look's.");
            }

            if (look.LastIndex.Length != plan.PeriodLength) yield return ($"{field}.last_index", "must be a period of the plan's length.");
            else if (look.LastIndex < plan.FirstIndex || !(look.LastIndex < next.LastIndex))
            {
                yield return ($"{field}.last_index", "must not be before first_index, and before the next look's: a look adds persons.");
            }
        }
    }

    private static IEnumerable<(string Field, string Problem)> OutcomeListBreaches(EvaluationPlan plan)
    {
        foreach (var (field, list) in new[] { ("secondaries", plan.Secondaries ?? []), ("negative_controls", plan.NegativeControls ?? []) })
        {
            if (list.Count > MaximumOutcomes) yield return (field, $"must be at most {MaximumOutcomes}.");
            for (var i = 0; i < list.Count; i++)
            {
                foreach (var breach in PlanRules.OutcomeBreaches($"{field}[{i}]", list[i])) yield return breach;
                if (list[i] == plan.Primary) yield return ($"{field}[{i}]", "must not be the primary outcome.");
            }

            if (list.Distinct().Count() != list.Count) yield return (field, "must name each outcome once.");
        }

        if (plan.Secondaries is null && plan.SecondaryRule is not null) yield return ("secondary_rule", "must be unset when there are no secondaries.");
    }

    private static IEnumerable<(string Field, string Problem)> SubgroupBreaches(EvaluationPlan plan)
    {
        var subgroups = plan.Subgroups ?? [];
        if (subgroups.Count > MaximumSubgroups) yield return ("subgroups", $"must be at most {MaximumSubgroups}.");
        for (var i = 0; i < subgroups.Count; i++)
        {
            if (!PlanRules.IsKnown(subgroups[i].Variable)) yield return ($"subgroups[{i}].variable", "must be a code of the covariate or measure catalogue.");
            if (!IsLag(subgroups[i].Lag)) yield return ($"subgroups[{i}].lag", $"must be 1–{PlanRules.MaximumPeriodsAway}.");
            if (subgroups[i].Cut is { } cut && !double.IsFinite(cut)) yield return ($"subgroups[{i}].cut", "must be finite.");
        }
    }

    private static IEnumerable<(string Field, string Problem)> PlaceboBreaches(EvaluationPlan plan)
    {
        var placebos = plan.Placebos ?? [];
        if (placebos.Count > MaximumSubgroups) yield return ("placebos", $"must be at most {MaximumSubgroups}.");
        for (var i = 0; i < placebos.Count; i++)
        {
            var placebo = placebos[i];
            if (!MeasureCatalogue.Current.TryFind(placebo.Measure.Code, out _)) yield return ($"placebos[{i}].measure", "must be a code of the measure catalogue.");
            if (!IsLag(placebo.Lag)) yield return ($"placebos[{i}].lag", $"must be 1–{PlanRules.MaximumPeriodsAway}.");
            if (!(placebo.LargestTolerable > 0 && double.IsFinite(placebo.LargestTolerable))) yield return ($"placebos[{i}].largest_tolerable", "must be positive.");
            if (plan.Covariates.Any(c => c.Variable == placebo.Measure.Code && c.Lag == placebo.Lag))
            {
                yield return ($"placebos[{i}]", "must not be among the covariates: what the groups are balanced on tells nothing.");
            }
        }
    }

    private static IEnumerable<(string Field, string Problem)> OtherBreaches(EvaluationPlan plan)
    {
        var pools = plan.SensitivityPools ?? [];
        if (pools.Contains(plan.Pool) || pools.Distinct().Count() != pools.Count) yield return ("sensitivity_pools", "must name each other pool once.");
        var kinds = plan.Sensitivity.Prepend(plan.Estimator);
        if (plan.AttritionWeights && kinds.Any(k => !MayStandForLost(k, plan.Balancing)))
        {
            yield return ("attrition_weights", "must go with weights alone: not with matching, classes or differences in differences.");
        }

        if (plan is { LaterStart: LaterStartRule.Censored, AttritionWeights: false })
        {
            yield return ("later_start", "must come with attrition_weights: others stand for those who leave when they start.");
        }

        if (plan.ResultsDueOn is { } due && due < plan.LookDueOn) yield return ("results_due_on", "must not be before the final look.");
        if (plan.AmendmentReason is { Length: > 1000 }) yield return ("amendment_reason", "must be at most 1000 characters.");
        if (plan.Version > 1 && string.IsNullOrWhiteSpace(plan.AmendmentReason)) yield return ("amendment_reason", "must say why the plan was amended.");
        if (plan.Version == 1 && plan.AmendmentReason is not null) yield return ("amendment_reason", "must be empty in the first version.");
    }

    private static bool MayStandForLost(EstimatorKind kind, BalancingMethod balancing) => kind switch
    {
        EstimatorKind.Matched or EstimatorKind.DifferenceInDifferences => false,
        EstimatorKind.GComputation => !Estimators.Of(EstimatorKind.Matched).GoesWith(balancing),
        _ => true,
    };

    private static bool IsLag(int lag) => lag is >= 1 and <= PlanRules.MaximumPeriodsAway;
}
