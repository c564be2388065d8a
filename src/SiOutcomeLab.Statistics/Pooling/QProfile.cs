namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Estimand: the variance of true effects, τ², and what follows from it (τ, I², H²).
/// Formula: the τ² at which the generalised Q = y'Py equals the upper and the lower χ² quantile with k − p degrees of freedom.
/// Arguments: see <see cref="Intervals"/>.
/// Result: <see cref="HeterogeneityIntervals"/>. Both ends are 0 when even at τ² = 0 the generalised Q is under the lower quantile: the
/// estimates are closer to each other than chance allows.
/// Not estimable when: there are no more estimates than coefficients.
/// Ties, order, seed: none.
/// Source: Viechtbauer (2007), Statistics in Medicine 26(1), p. 37–52, §2.6.
/// Checked against: metafor 3.8-1 confint, which stops its root finder 1.2e-4 from the end and searches no further than ten times τ²
/// (normand, DerSimonian and Laird: 2054 where Q crosses the quantile at 2889). Ours are the crossings themselves, shown in the tests.
/// </summary>
public static class QProfile
{
    /// <summary>Computes the intervals.</summary>
    /// <param name="model">A random-effects model; its method only matters for the point estimates.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The intervals, or why there are none.</returns>
    public static Estimable<HeterogeneityIntervals> Intervals(PooledModel model, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(model);
        RowGuards.Level(level);
        var heterogeneity = model.Heterogeneity;
        var freedom = heterogeneity.QDegreesOfFreedom;
        if (freedom == 0)
        {
            return Estimable.Not<HeterogeneityIntervals>(NotEstimableReason.TooFewObservations, "No degree of freedom is left for τ².");
        }

        var pass = new PoolingPass(model.Basis);
        var tail = (1 - level) / 2;
        var low = BetweenVariance.WhereQuadraticIs(Distributions.ChiSquareQuantile(1 - tail, freedom), pass);
        var high = BetweenVariance.WhereQuadraticIs(Distributions.ChiSquareQuantile(tail, freedom), pass);
        if (low is not { } from || high is not { } to)
        {
            return Estimable.Not<HeterogeneityIntervals>(
                NotEstimableReason.DidNotConverge, "An end of the interval for τ² did not settle.");
        }

        var s = heterogeneity.TypicalVariance;
        return Estimable.Of(new HeterogeneityIntervals(
            level, new ValueRange(from, to), new ValueRange(Math.Sqrt(from), Math.Sqrt(to)),
            new ValueRange(100 * from / (from + s), 100 * to / (to + s)), new ValueRange((from / s) + 1, (to / s) + 1)));
    }
}
