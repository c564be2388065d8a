using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>
/// Estimand: by choice the average effect on the treated, on everybody, or on the overlap population.
/// Formula, with e the propensity score: treated: w = 1 for treated, e/(1 − e) for comparison rows; everyone: 1/e and 1/(1 − e);
/// overlap: 1 − e and e.
/// Arguments: a fitted propensity model and the arms it was fitted on. Result: <see cref="BalancingWeights"/> carrying the model's score
/// equations, so that effects get M-estimation standard errors.
/// Not estimable when: a score is 0 or 1 to machine precision where it divides. Ties, order, seed: none.
/// Source: Li, Morgan and Zaslavsky (2018), JASA 113(521), table 1. Checked against: WeightIt and R's weights on lalonde (1e-9).
/// </summary>
public static class InversePropensity
{
    /// <summary>Weights from a fitted propensity model.</summary>
    /// <param name="fit">The fitted model.</param>
    /// <param name="treated">The arms that it was fitted on.</param>
    /// <param name="estimand"><see cref="Estimand.Treated"/>, <see cref="Estimand.Everyone"/> or <see cref="Estimand.Overlap"/>.</param>
    /// <returns>Weights, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The estimand has no inverse-propensity weights.</exception>
    public static Estimable<BalancingWeights> Weights(PropensityFit fit, ReadOnlySpan<bool> treated, Estimand estimand)
    {
        ArgumentNullException.ThrowIfNull(fit);
        RowGuards.SameLength(fit.Scores.Length, treated.Length, nameof(treated));
        var linear = fit.LinearPredictors.Span;
        var weights = new double[treated.Length];
        var gradient = new double[treated.Length];
        for (var i = 0; i < treated.Length; i++)
        {
            // Both tails from the linear predictor: 1 − e would lose its digits when e is near 1.
            var e = LogitLink.Probability(linear[i]);
            var rest = LogitLink.Probability(-linear[i]);
            (weights[i], gradient[i]) = estimand switch
            {
                Estimand.Treated => treated[i] ? (1, 0) : (e / rest, e / rest),
                Estimand.Everyone => treated[i] ? (1 / e, -rest / e) : (1 / rest, e / rest),
                Estimand.Overlap => treated[i] ? (rest, -e * rest) : (e, e * rest),
                _ => throw new ArgumentOutOfRangeException(nameof(estimand), estimand, "No inverse-propensity weights for it.")
            };
            if (!double.IsFinite(weights[i]))
            {
                return Estimable.Not<BalancingWeights>(NotEstimableReason.NoOverlap, "A propensity score is 0 or 1 to machine precision.");
            }
        }

        if (fit.Equations?.Slope is { } slope) LaneSum.Multiply(slope, gradient, gradient);
        var model = fit.Equations is { } equations ? new WeightModel(equations.Design, equations.Bread, equations.Score, gradient) : null;
        return Estimable.Of(new BalancingWeights("inverse propensity", estimand, weights, model));
    }
}
