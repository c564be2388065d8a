using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.Resampling;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Pipelines.Evaluation.Comparisons;

/// <summary>The lab's default: weights and an outcome model, right when either is.</summary>
internal static class AugmentedComparison
{
    /// <summary>
    /// Under so many rows the influence values are too small, and each row (or cluster) is left out in turn instead. From the simulation
    /// study: the plain error covers 92.6 % of 60 persons and 88.9 % of 30, the jackknife's 97.6 % and 98.9 %.
    /// </summary>
    public const int SmallGroup = 120;

    public static Estimable<Comparison> Make(BalancingMethod balancing, Cohort cohort, Estimable<PropensityFit> propensity) =>
        WeightedComparison.OfPlan(balancing, cohort, propensity).Map(weights => new Comparison(
            weights.Weights,
            HasOutcomeModel: true,
            EstimateGroup.AllTreated,
            (outcome, level) => cohort.Rows < SmallGroup && cohort.Observed is null
                ? LeavingOut(balancing, cohort, outcome, level)
                : AugmentedInversePropensity.Att(
                    outcome, cohort.Treated, weights, cohort.Covariates, normalised: false, cohort.Clusters, level)));

    private static Estimable<EffectResult> LeavingOut(BalancingMethod balancing, Cohort cohort, double[] outcome, double level)
    {
        var smaller = Math.Min(cohort.TreatedCount, cohort.Rows - cohort.TreatedCount);
        return Jackknife.Estimate(
            cohort.Rows,
            rows => Some(rows, balancing, cohort, outcome, level),
            Math.Max(1, smaller - cohort.Covariates.Columns - 1),
            cohort.Clusters);
    }

    private static Estimable<EffectResult> Some(int[] rows, BalancingMethod balancing, Cohort cohort, double[] outcome, double level)
    {
        var x = cohort.Covariates.SelectRows(rows);
        var treated = Array.ConvertAll(rows, i => cohort.Treated[i]);
        var y = Array.ConvertAll(rows, i => outcome[i]);
        var weights = balancing is BalancingMethod.EntropyBalancing
            ? EntropyBalancing.Att(x, treated)
            : ((IPropensityModel)new LogisticRegression(threads: 1)).Fit(x, treated)
                .Then(fit => Statistics.Weighting.InversePropensity.Weights(fit, treated, Estimand.Treated));
        return weights.Then(w => AugmentedInversePropensity.Att(y, treated, w, x, level: level));
    }
}
