namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Estimand: the pooled effect if the sources that a symmetric funnel lacks were there. A sensitivity analysis, not a correction: it takes
/// asymmetry to be selection.
/// Formula: the estimator L₀ of the number missing, (4 S − k(k + 1)) / (2k − 1) with S the rank sum on the heavy side around the centre of
/// the trimmed set, iterated until it stands still; then mirror images of the k₀ most extreme estimates are added and the model is fitted.
/// Arguments: see <see cref="Fill"/>.
/// Result: <see cref="TrimAndFillResult"/>.
/// Not estimable when: the trimmed or filled model is not; the number does not stand still in 100 rounds.
/// Ties, order, seed: equal distances are ranked in the order of sorted estimates. The side is the one that the regression on standard
/// errors (<see cref="EggerRegression.MixedEffects"/>) says, unless given.
/// Source: Duval and Tweedie (2000), Journal of the American Statistical Association 95(449), p. 89–98; Biometrics 56(2), p. 455–463.
/// Checked against: metafor 3.8-1 trimfill with L0 (1e-8).
/// </summary>
public static class TrimAndFill
{
    /// <summary>Fills.</summary>
    /// <param name="data">Independent estimates without moderators.</param>
    /// <param name="options">Method and test; null for REML with Hartung and Knapp's interval.</param>
    /// <param name="missingLeft">Where sources are taken to be missing: true left, false right, null to let the data say.</param>
    /// <returns>The filled model, or why there is none.</returns>
    /// <exception cref="ArgumentException">The estimates have moderators or a covariance matrix.</exception>
    public static Estimable<TrimAndFillResult> Fill(EstimateSet data, PoolingOptions? options = null, bool? missingLeft = null)
    {
        EggerRegression.RequirePlain(data);
        if (missingLeft is { } side) return Fill(data, options, side);

        return EggerRegression.MixedEffects(data, options).Then(test => Fill(data, options, test.Slope >= 0));
    }

    private static Estimable<TrimAndFillResult> Fill(EstimateSet data, PoolingOptions? options, bool left)
    {
        // Missing left: the heavy side is the right one. Missing right is the same problem with the sign turned.
        var sign = left ? 1.0 : -1.0;
        double[] y = [.. data.Estimates.ToArray().Select(value => sign * value)];
        var v = data.Variances.ToArray();
        Array.Sort(y, v);
        int k = y.Length, missing = 0;
        for (var round = 0; round < 100; round++)
        {
            var trimmed = RandomEffects.Fit(EstimateSet.Independent(y.AsSpan(0, k - missing), v.AsSpan(0, k - missing)), options);
            if (trimmed is NotEstimable<PooledModel> none) return Estimable.Not<TrimAndFillResult>(none.Reason, none.Detail);

            var centre = ((Estimated<PooledModel>)trimmed).Value.Effect.Estimate;
            var next = Missing(y, centre);
            if (next == missing) return Filled(data, options, left, (y, v, centre, missing));
            missing = next;
        }

        return Estimable.Not<TrimAndFillResult>(
            NotEstimableReason.DidNotConverge, $"The number missing beside {k} estimates did not settle.");
    }

    private static int Missing(double[] y, double centre)
    {
        double k = y.Length, sum = 0, rank = 0;
        foreach (var deviation in y.Select(value => value - centre).OrderBy(Math.Abs))
        {
            rank++;
            if (deviation > 0) sum += rank;
        }

        return (int)Math.Max(0, Math.Round(((4 * sum) - (k * (k + 1))) / ((2 * k) - 1), MidpointRounding.ToEven));
    }

    private static Estimable<TrimAndFillResult> Filled(
        EstimateSet data, PoolingOptions? options, bool left, (double[] Y, double[] V, double Centre, int Missing) found)
    {
        var sign = left ? 1.0 : -1.0;
        var from = found.Y.Length - found.Missing;
        double[] added = [.. found.Y[from..].Select(value => sign * ((2 * found.Centre) - value))];
        double[] estimates = [.. data.Estimates, .. added];
        double[] variances = [.. data.Variances, .. found.V[from..]];
        return RandomEffects.Fit(EstimateSet.Independent(estimates, variances), options)
            .Map(model => new TrimAndFillResult(found.Missing, left, added, model));
    }
}
