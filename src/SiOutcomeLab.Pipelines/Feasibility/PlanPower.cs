using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Statistics.Power;

namespace SiOutcomeLab.Pipelines.Feasibility;

/// <summary>
/// What a plan could find, from its own words and numbers that may be shown. The estimate is reckoned as a difference of two means adjusted
/// for the covariates; the plan's looks raise the information it needs by the price of looking at 80 % power.
/// </summary>
/// <remarks>
/// Comparison persons beyond ten for each participant are not counted: with ten the variance is within a tenth of what endless many would
/// give, and after weighting fewer are worth as much. Whether persons are delivered to in groups is not known beforehand and not reckoned with.
/// </remarks>
internal static class PlanPower
{
    private const int MostPerParticipant = 10;
    private const int CurveSteps = 20;
    private const double MostParticipants = 1e9;
    private static readonly int[] MoreSteps = [10, 25, 50, 100, 200];

    /// <summary>The figures, or why there are none.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="spentBefore">What earlier versions and plans have spent of its question's error.</param>
    /// <param name="terms">The numbers it is reckoned from.</param>
    public static (PowerFigures? Figures, FeasibilityObstacle? Obstacle) Of(EvaluationPlan plan, double spentBefore, PowerTerms terms)
    {
        var level = 1 - plan.ConfidenceLevel - spentBefore;
        if (!(level > 1e-6)) return (null, FeasibilityObstacle.ErrorSpent);
        var price = LookBudgets.PriceOfLooks(plan, level, 0.8);
        var means = new TwoMeans
        {
            StandardDeviation = terms.StandardDeviation,
            Alpha = level,
            Inflation = price * Math.Max(1e-6, 1 - terms.VarianceExplained),
        };
        var (retained, used) = Arms(terms.Participants);
        if (!(retained >= 2 && used >= 2)) return (null, FeasibilityObstacle.TooFewExpected);
        var at80 = means.MinimumDetectableEffect(retained, used);
        var worthwhile = plan.SmallestWorthwhileEffect is { } effect
            ? new WorthwhilePower(effect, means.Power(retained, used, effect), Enough(effect, 0.8), Enough(effect, 0.9))
            : null;
        var end = 2 * Math.Max(at80, worthwhile?.Effect ?? 0);
        var figures = new PowerFigures(
            retained,
            used,
            level,
            price,
            at80,
            means.MinimumDetectableEffect(retained, used, 0.9),
            [.. Enumerable.Range(0, CurveSteps + 1).Select(i => end * i / CurveSteps).Select(e => new PowerPoint(e, means.Power(retained, used, e)))],
            [.. MoreSteps.Select(more => new MoreParticipants(more, Detectable(terms.Participants + more)))],
            [.. Enumerable.Range(1, CurveSteps).Select(i => terms.Participants * 3 * i / CurveSteps).Select(n => new ParticipantsPower(n, PowerOf(n, worthwhile?.Effect ?? at80)))],
            worthwhile);
        return (figures, null);

        (double Retained, double Used) Arms(double participants)
        {
            var inEstimate = participants * terms.ShareRetained;
            return (inEstimate, Math.Min(terms.ComparisonAvailable, inEstimate * PerParticipant(plan)));
        }

        double Detectable(double participants)
        {
            var (treated, comparison) = Arms(participants);
            return means.MinimumDetectableEffect(treated, comparison);
        }

        double PowerOf(double participants, double size)
        {
            var (treated, comparison) = Arms(participants);
            return treated > 1 && comparison > 1 ? means.Power(treated, comparison, size) : 0;
        }

        // Infinite where the comparison persons are too few whatever the participants.
        double Enough(double size, double power)
        {
            if (PowerOf(MostParticipants, size) < power) return double.PositiveInfinity;
            var (low, high) = (1.0, MostParticipants);
            while (high - low > 0.5)
            {
                var middle = low + ((high - low) / 2);
                if (PowerOf(middle, size) < power) low = middle;
                else high = middle;
            }

            return Math.Ceiling(high - 0.5);
        }
    }

    private static int PerParticipant(EvaluationPlan plan) =>
        plan.Balancing is BalancingMethod.NearestNeighbourMatching matching ? matching.Ratio : MostPerParticipant;
}
