using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>What a plan must satisfy to be registered: each breach by field, with what is allowed.</summary>
public static class PlanRules
{
    private const int MaximumCovariates = 60;
    internal const int MaximumPeriodsAway = 240;

    /// <summary>Every breach of a plan, as field and text; empty when it can be registered.</summary>
    public static IEnumerable<(string Field, string Problem)> Breaches(EvaluationPlan plan)
    {
        if (!CodeRule.IsValid(plan.Id)) yield return ("id", "must be 1–40 of a–z, 0–9, - and _, starting with a letter or digit.");
        if (plan.Version < 1) yield return ("version", "must be at least 1.");
        if (!CodeRule.IsValid(plan.Project.Code)) yield return ("project", "must be a project's code.");
        if (string.IsNullOrWhiteSpace(plan.Title.Sv) || plan.Title.Sv.Length > 200) yield return ("title_sv", "must be 1–200 characters.");
        if (string.IsNullOrWhiteSpace(plan.Title.En) || plan.Title.En.Length > 200) yield return ("title_en", "must be 1–200 characters.");
        foreach (var breach in WindowBreaches(plan)) yield return breach;
        foreach (var breach in OutcomeBreaches("primary", plan.Primary)) yield return breach;
        foreach (var breach in VariableBreaches(plan)) yield return breach;
        foreach (var breach in MethodBreaches(plan)) yield return breach;
        foreach (var breach in PlanOptionRules.Breaches(plan)) yield return breach;
        if (plan.MinimumTreated < 10) yield return ("minimum_treated", "must be at least 10.");
        if (plan.MinimumComparison < 10) yield return ("minimum_comparison", "must be at least 10.");
        if (plan.SmallestWorthwhileEffect is { } size && !(size > 0 && double.IsFinite(size))) yield return ("smallest_worthwhile_effect", "must be positive.");
        if (plan.ConfidenceLevel is not (> 0.5 and < 1)) yield return ("confidence_level", "must be between 0.5 and 1.");
    }

    private static IEnumerable<(string Field, string Problem)> WindowBreaches(EvaluationPlan plan)
    {
        // Periods of different lengths cannot even be compared.
        var (first, last, length) = (plan.FirstIndex, plan.LastIndex, plan.PeriodLength);
        if (first.Length != length) yield return ("first_index", "must be a period of the plan's period_length.");
        if (last.Length != length) yield return ("last_index", "must be a period of the plan's period_length.");
        if (first.Length != last.Length) yield break;
        if (last < first) yield return ("last_index", "must not be before first_index.");
        else if (last.Since(first) >= MaximumPeriodsAway) yield return ("last_index", $"must be within {MaximumPeriodsAway} periods of first_index.");
    }

    internal static IEnumerable<(string Field, string Problem)> OutcomeBreaches(string field, OutcomeDefinition outcome)
    {
        if (!MeasureCatalogue.Current.TryFind(outcome.Measure.Code, out _)) yield return ($"{field}.measure", "must be a code of the measure catalogue.");
        if (outcome.HorizonPeriods is < 1 or > MaximumPeriodsAway) yield return ($"{field}.horizon_periods", $"must be 1–{MaximumPeriodsAway}.");
    }

    private static IEnumerable<(string Field, string Problem)> VariableBreaches(EvaluationPlan plan)
    {
        if (plan.Covariates.Count is < 1 or > MaximumCovariates) yield return ("covariates", $"must be 1–{MaximumCovariates}.");
        if (plan.Covariates.DistinctBy(c => (c.Variable, c.Lag)).Count() != plan.Covariates.Count) yield return ("covariates", "must name each variable and lag once.");
        for (var i = 0; i < plan.Covariates.Count; i++)
        {
            var term = plan.Covariates[i];
            if (!IsKnown(term.Variable)) yield return ($"covariates[{i}].variable", "must be a code of the covariate or measure catalogue.");
            if (term.Lag is < 1 or > MaximumPeriodsAway) yield return ($"covariates[{i}].lag", $"must be 1–{MaximumPeriodsAway}: what is known before the start.");
        }

        for (var i = 0; i < plan.TargetGroup.Count; i++)
        {
            var condition = plan.TargetGroup[i];
            if (!IsKnown(condition.Variable)) yield return ($"target_group[{i}].variable", "must be a code of the covariate or measure catalogue.");
            if (condition.Lag is < 1 or > MaximumPeriodsAway) yield return ($"target_group[{i}].lag", $"must be 1–{MaximumPeriodsAway}.");
            if (condition is { Minimum: null, Maximum: null } && condition.OneOf is not { Count: > 0 }) yield return ($"target_group[{i}]", "must set a limit or the allowed values.");
            if (!(double.IsFinite(condition.Minimum ?? 0) && double.IsFinite(condition.Maximum ?? 0) && !(condition.Minimum > condition.Maximum)))
            {
                yield return ($"target_group[{i}]", "must have finite limits, the minimum not above the maximum.");
            }
        }
    }

    private static IEnumerable<(string Field, string Problem)> MethodBreaches(EvaluationPlan plan)
    {
        var fits = Enum.IsDefined(plan.Estimator) && Estimators.Of(plan.Estimator).GoesWith(plan.Balancing);
        if (!fits) yield return ("estimator", "must go with the balancing method: matched with a matching or classes, the weighted ones with their own weights.");
        if (plan.Balancing is BalancingMethod.Subclassification { Classes: < 2 or > 50 }) yield return ("subclass.classes", "must be 2–50.");
        if (plan.Balancing is BalancingMethod.FullMatching { Caliper: { } full } && !(full > 0 && double.IsFinite(full)))
        {
            yield return ("full.caliper", "must be positive.");
        }

        if (plan.Balancing is not BalancingMethod.NearestNeighbourMatching matching) yield break;
        if (matching.Ratio is < 1 or > 10) yield return ("nearest_neighbour.ratio", "must be 1–10.");
        if (matching.Caliper is { } width && !(width > 0 && double.IsFinite(width))) yield return ("nearest_neighbour.caliper", "must be positive.");
    }

    internal static bool IsKnown(string variable) =>
        CovariateCatalogue.Current.TryFind(variable, out _) || MeasureCatalogue.Current.TryFind(variable, out _);
}
