using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>
/// Estimand: by choice the average effect on the treated (ATT), on everybody (ATE), on the comparison rows (ATC), or on the overlap (ATO),
/// matching (ATM) or entropy-weighted population; trimmed: on what is left of it, and the result says so.
/// Formula, with e the propensity score: treated rows h/e and comparison rows h/(1 − e), h being e for the ATT, 1 for the ATE, 1 − e for
/// the ATC, e(1 − e) for the ATO, min(e, 1 − e) for the ATM and −e ln e − (1 − e) ln(1 − e) for entropy weights. Stabilised: times the
/// share of the row's arm.
/// Arguments: a fitted propensity model and the arms it was fitted on, or scores in (0, 1) from elsewhere.
/// Result: <see cref="BalancingWeights"/>. From a fitted model with score equations it carries them, so that effects get M-estimation
/// standard errors; from scores it cannot, and effects take the weights as known. The ATM's weights have a kink at e = ½; their derivative
/// is that of the side a row is on (the left one at the kink), which is right unless a share of rows lies exactly there.
/// Stabilising multiplies an arm by a constant, taken as known; it changes no Hájek estimate.
/// Not estimable when: a score is 0 or 1 to machine precision where it divides; trimming leaves an arm without rows.
/// Ties, order, seed: none; rows are computed apart, so threads change nothing.
/// Source: Li, Morgan and Zaslavsky (2018), JASA 113(521), table 1; ATM: Li and Greene (2013), International Journal of Biostatistics
/// 9(2), p. 215–234; entropy: Zhou, Matsouaka and Thomas (2020), Statistical Methods in Medical Research 29(12), p. 3721–3756.
/// Checked against: WeightIt and R's weights on lalonde for all six, stabilised, truncated and trimmed (1e-9).
/// </summary>
public static class InversePropensity
{
    /// <summary>Weights from a fitted propensity model.</summary>
    /// <param name="fit">The fitted model.</param>
    /// <param name="treated">The arms that it was fitted on.</param>
    /// <param name="estimand">Any but <see cref="Estimand.MatchedTreated"/> and <see cref="Estimand.Trimmed"/>.</param>
    /// <param name="trimming">Which rows or how much of weights to do without, or null for none.</param>
    /// <param name="stabilised">True to multiply weights with the share of the row's arm.</param>
    /// <returns>Weights, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The estimand has no inverse-propensity weights.</exception>
    public static Estimable<BalancingWeights> Weights(
        PropensityFit fit, ReadOnlySpan<bool> treated, Estimand estimand, PropensityTrimming? trimming = null, bool stabilised = false)
    {
        ArgumentNullException.ThrowIfNull(fit);
        RowGuards.SameLength(fit.Scores.Length, treated.Length, nameof(treated));
        var tilt = new Tilt(fit.LinearPredictors, treated.ToArray(), Checked(estimand), fit.Equations is not null);
        return tilt.Weights(fit.Scores.Span, trimming, stabilised, fit);
    }

    /// <summary>Weights from scores of any origin; standard errors take them as known.</summary>
    /// <param name="scores">Probability of treatment per row, in [0, 1].</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="estimand">As in <see cref="Weights"/>.</param>
    /// <param name="trimming">As in <see cref="Weights"/>.</param>
    /// <param name="stabilised">As in <see cref="Weights"/>.</param>
    /// <returns>Weights, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a score is not in [0, 1].</exception>
    /// <exception cref="ArgumentOutOfRangeException">The estimand has no inverse-propensity weights.</exception>
    public static Estimable<BalancingWeights> FromScores(
        ReadOnlySpan<double> scores,
        ReadOnlySpan<bool> treated,
        Estimand estimand,
        PropensityTrimming? trimming = null,
        bool stabilised = false)
    {
        RowGuards.SameLength(scores.Length, treated.Length, nameof(treated));
        var linear = new double[scores.Length];
        for (var i = 0; i < linear.Length; i++)
        {
            if (scores[i] is not (>= 0 and <= 1)) throw new ArgumentException($"The score in row {i} is not in [0, 1].", nameof(scores));
            linear[i] = Math.Log(scores[i]) - Math.Log(1 - scores[i]);
        }

        return new Tilt(linear, treated.ToArray(), Checked(estimand), hasModel: false).Weights(scores, trimming, stabilised, null);
    }

    private static Estimand Checked(Estimand estimand) =>
        estimand is Estimand.Treated or Estimand.Everyone or Estimand.Untreated or Estimand.Overlap or Estimand.Matching
            or Estimand.EntropyOverlap
            ? estimand
            : throw new ArgumentOutOfRangeException(nameof(estimand), estimand, "No inverse-propensity weights for it.");

    /// <summary>One population's weights with their derivatives by the log odds.</summary>
    private sealed class Tilt(ReadOnlyMemory<double> linear, bool[] treated, Estimand estimand, bool hasModel)
    {
        private readonly double[] _weights = new double[treated.Length];
        private readonly double[] _gradient = new double[hasModel ? treated.Length : 0];
        private int _broken;

        public Estimable<BalancingWeights> Weights(
            ReadOnlySpan<double> scores, PropensityTrimming? trimming, bool stabilised, PropensityFit? fit)
        {
            RowBlocks.Run(treated.Length, null, Fill);
            if (_broken > 0)
            {
                return Estimable.Not<BalancingWeights>(NotEstimableReason.NoOverlap, "A propensity score is 0 or 1 to machine precision.");
            }

            var share = treated.Count(t => t) / (double)treated.Length;
            var stabiliser = stabilised ? (share, 1 - share) : (1.0, 1.0);
            if (stabilised) Scale(stabiliser);
            var method = stabilised ? "stabilised inverse propensity" : "inverse propensity";
            if (trimming is not null) method += ", " + trimming.Apply(scores, treated, Focal, _weights, hasModel ? _gradient : null);
            var trimmed = trimming is { LeavesRowsOut: true } && _weights.Contains(0.0);
            if (trimmed && MissingArm() is { } reason) return Estimable.Not<BalancingWeights>(reason, "Trimming leaves none.");

            if (fit?.Equations?.Slope is { } slope) LaneSum.Multiply(slope, _gradient, _gradient);
            var model = fit?.Equations is { } e ? new WeightModel(e.Design, e.Bread, e.Score, _gradient) : null;
            return Estimable.Of(new BalancingWeights(method, estimand, _weights, model)
            {
                Estimand = trimmed ? Estimand.Trimmed : estimand,
                Stabiliser = stabiliser,
                HasKnownTotal = estimand is Estimand.Treated or Estimand.Everyone or Estimand.Untreated
            });
        }

        private bool? Focal => estimand switch { Estimand.Treated => true, Estimand.Untreated => false, _ => null };

        private void Fill(int start, int count)
        {
            var odds = linear.Span;
            for (var i = start; i < start + count; i++)
            {
                // Both tails from the linear predictor: 1 − e would lose its digits when e is near 1.
                var eta = odds[i];
                var small = Math.Exp(-Math.Abs(eta));
                var (e, rest) = eta >= 0 ? (1 / (1 + small), small / (1 + small)) : (small / (1 + small), 1 / (1 + small));
                var (weight, gradient) = treated[i] ? Treated(eta, e, rest) : Comparison(eta, e, rest);
                _weights[i] = weight;
                if (!double.IsFinite(weight)) Interlocked.Exchange(ref _broken, 1);
                if (hasModel) _gradient[i] = gradient;
            }
        }

        private (double Weight, double Gradient) Treated(double eta, double e, double rest) => estimand switch
        {
            Estimand.Treated => (1, 0),
            Estimand.Everyone => (1 / e, -rest / e),
            Estimand.Untreated => (rest / e, -rest / e),
            Estimand.Overlap => (rest, -e * rest),
            Estimand.Matching => eta <= 0 ? (1, 0) : (rest / e, -rest / e),
            _ => EntropyTreated(Entropy(eta, e, rest) / e, eta, rest)
        };

        private (double Weight, double Gradient) Comparison(double eta, double e, double rest) => estimand switch
        {
            Estimand.Treated => (e / rest, e / rest),
            Estimand.Everyone => (1 / rest, e / rest),
            Estimand.Untreated => (1, 0),
            Estimand.Overlap => (e, e * rest),
            Estimand.Matching => eta <= 0 ? (e / rest, e / rest) : (1, 0),
            _ => EntropyComparison(Entropy(eta, e, rest) / rest, eta, e)
        };

        // dh/dη = −η e(1 − e), divided by e or 1 − e, which move as well.
        private static (double Weight, double Gradient) EntropyTreated(double weight, double eta, double rest) =>
            (weight, -rest * (eta + weight));

        private static (double Weight, double Gradient) EntropyComparison(double weight, double eta, double e) =>
            (weight, e * (weight - eta));

        // −e ln e − (1 − e) ln(1 − e) = ln(1 + exp(−|η|)) + min(e, 1 − e)·|η|: no digit lost in either tail.
        private static double Entropy(double eta, double e, double rest)
        {
            var small = Math.Min(e, rest);
            return small > 0 ? (small * Math.Abs(eta)) - LogOfRest(small) : 0;
        }

        // ln(1 − x), x in (0, ½].
        private static double LogOfRest(double x)
        {
            var rest = 1 - x;
            return rest == 1 ? -x : Math.Log(rest) * (x / (1 - rest));
        }

        private void Scale((double Treated, double Comparison) by)
        {
            for (var i = 0; i < treated.Length; i++)
            {
                var factor = treated[i] ? by.Treated : by.Comparison;
                _weights[i] *= factor;
                if (hasModel) _gradient[i] *= factor;
            }
        }

        private NotEstimableReason? MissingArm()
        {
            var (anyTreated, anyComparison) = (false, false);
            for (var i = 0; i < treated.Length; i++)
            {
                if (_weights[i] == 0) continue;
                anyTreated |= treated[i];
                anyComparison |= !treated[i];
            }

            return !anyTreated ? NotEstimableReason.NoTreated : !anyComparison ? NotEstimableReason.NoComparison : null;
        }
    }
}
