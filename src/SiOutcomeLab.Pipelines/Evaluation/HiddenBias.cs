using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation.Comparisons;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Sensitivity;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>How strong something unmeasured would have to be to explain an effect.</summary>
internal static class HiddenBias
{
    private const double MostDeviations = 100;
    private const double OneSided = 0.025;

    /// <summary>
    /// E-values: of the risk ratio for a yes-or-no outcome, its interval taken from the difference's with the counterfactual risk as known;
    /// otherwise of the difference in standard deviations of the comparison persons' outcome, weighted as they were compared.
    /// </summary>
    /// <returns>Null where the scale cannot be had: a counterfactual risk of 0 or below, or an outcome that does not vary. Rosenbaum's Γ by
    /// the signed-rank test where the comparison is of pairs.</returns>
    public static Robustness? Of(EffectResult effect, Comparison comparison, Cohort cohort, double[] outcome)
    {
        var value = OutcomeKind.IsYesOrNo(outcome) ? OfRisks(effect) : OfMeans(effect, comparison, cohort, outcome);
        return value is null ? null : new Robustness(value.Point, value.Limit ?? value.Point, GammaOf(comparison, cohort, outcome));
    }

    private static EValueResult? OfRisks(EffectResult effect)
    {
        var without = effect.MeanCounterfactual;
        if (!(without > 0 && without < 1 && effect.MeanTreated > 0)) return null;
        var low = (without + effect.ConfidenceLow) / without;
        var high = (without + effect.ConfidenceHigh) / without;
        return EValue.FromRiskRatio(effect.MeanTreated / without, Math.Max(low, double.Epsilon), Math.Max(high, double.Epsilon));
    }

    private static EValueResult? OfMeans(EffectResult effect, Comparison comparison, Cohort cohort, double[] outcome)
    {
        var weights = comparison.Weights.Span;
        double total = 0, mean = 0, squares = 0;
        for (var i = 0; i < outcome.Length; i++)
        {
            if (cohort.Treated[i] || !(weights[i] > 0)) continue;
            total += weights[i];
            var difference = outcome[i] - mean;
            mean += difference * weights[i] / total;
            squares += weights[i] * difference * (outcome[i] - mean);
        }

        var deviation = Math.Sqrt(squares / total);
        // A difference of so many deviations is a slip in the data, and its risk ratio has no number.
        return deviation > 0 && Math.Abs(effect.Estimate / deviation) + (2 * effect.StandardError / deviation) < MostDeviations
            ? EValue.FromStandardisedDifference(effect.Estimate / deviation, effect.StandardError / deviation)
            : null;
    }

    // Pairs only: with more comparison persons to a set the bounds are others.
    private static double? GammaOf(Comparison comparison, Cohort cohort, double[] outcome)
    {
        if (comparison.Pairs.IsEmpty || cohort.HasSeveralIndexPeriods) return null;
        var sets = comparison.Pairs.Span;
        var differences = new double[cohort.TreatedCount];
        var members = new int[cohort.TreatedCount];
        for (var i = 0; i < sets.Length; i++)
        {
            if (sets[i] < 0) continue;
            if (sets[i] >= members.Length) return null;
            differences[sets[i]] += cohort.Treated[i] ? outcome[i] : -outcome[i];
            members[sets[i]] += cohort.Treated[i] ? 1 : 1000;
        }

        var pairs = Array.FindAll(differences.Zip(members).ToArray(), p => p.Second > 0);
        if (!Array.TrueForAll(pairs, p => p.Second == 1001)) return null;
        // The test is one-sided towards what was found.
        var sign = pairs.Sum(p => p.First) < 0 ? -1 : 1;
        return RosenbaumSignedScore.SignedRank([.. pairs.Select(p => sign * p.First)]).Match(test => test.CriticalGamma(OneSided), (_, _) => null);
    }
}
