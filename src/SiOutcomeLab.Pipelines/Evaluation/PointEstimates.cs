using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation.Comparisons;
using SiOutcomeLab.Statistics.Effects;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>From a statistical result to the lab's point estimate.</summary>
internal static class PointEstimates
{
    public static PointEstimate Of(EffectResult result, Comparison comparison, Cohort cohort, double[] outcome)
    {
        // The statistics count rows; readers and the disclosure rules count persons.
        var comparisonPersons = cohort.ComparisonPersons(comparison.Weights.Span);
        var (treatedEvents, comparisonEvents) = Events(cohort, comparison.Weights.Span, outcome);
        return new PointEstimate(
            comparison.HoldsFor,
            result.Estimate,
            result.StandardError,
            StandardErrorWords.Of(result.StandardErrorType),
            result.ConfidenceLow,
            result.ConfidenceHigh,
            result.PValue,
            result.MeanTreated,
            result.MeanCounterfactual,
            result.TreatedUsed,
            comparisonPersons,
            Math.Min(result.EffectiveComparison, comparisonPersons),
            cohort.EligibleTreated == 0 ? 0 : result.TreatedUsed / (double)cohort.EligibleTreated,
            result.TreatedUsed + comparisonPersons - cohort.Covariates.Columns - 2,
            treatedEvents,
            comparisonEvents);
    }

    private static (int? Treated, int? Comparison) Events(Cohort cohort, ReadOnlySpan<double> weights, double[] outcome)
    {
        if (Array.Exists(outcome, y => y is not (0 or 1))) return (null, null);
        var treated = new HashSet<int>();
        var others = new HashSet<int>();
        for (var i = 0; i < outcome.Length; i++)
        {
            if (outcome[i] != 0 && weights[i] != 0) (cohort.Treated[i] ? treated : others).Add(cohort.Person[i]);
        }

        return (treated.Count, others.Count);
    }
}
