using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>
/// Estimand: the average effect on those who were matched: the treated, the untreated or everybody.
/// Formula: τ = Σ τᵢ / N with τᵢ the row's outcome less the mean of its neighbours' (the other way round for comparison rows). Variance
/// [Σ (τᵢ − τ)² + Σ σⱼ² (Kⱼ² − K'ⱼ)] / N² for one arm, with 2Kⱼ more in the second bracket for everybody; K counts how often a row is used,
/// K' with squared shares. σ² is half the mean squared deviation of pairs' differences from τ, or from neighbours of the row's own arm.
/// Bias adjustment: outcomes are replaced by residuals of a regression on the other arm's covariates, with weights K.
/// Arguments: see <see cref="Estimate(ReadOnlySpan{double}, ReadOnlySpan{bool}, TiedMatches, DesignMatrix?, double)"/>.
/// Result: <see cref="EffectResult"/>; beside it the error that takes pairs as independent. Interval and p-value are normal. A row's
/// influence has the size that the variance gives it and the sign of its outcome's deviation. The propensity score is taken as known,
/// which for the treated can err to either side (Abadie and Imbens 2016, Econometrica 84(2), p. 781–807).
/// Not estimable when: fewer than two rows were matched, the outcome does not vary, or bias adjustment has collinear columns in an arm.
/// Ties, order, seed: none beyond the matching's.
/// Source: Abadie and Imbens (2006), Econometrica 74(1), p. 235–267, theorems 6 and 7; bias: (2011), Journal of Business and Economic
/// Statistics 29(1), p. 1–11.
/// Checked against: R's Matching 4.10-8 on lalonde and simulated data (1e-8), and the formulas as double sums in the tests. Where rows are
/// dropped for a caliper R divides by all rows and counts the dropped with an effect of 0; here N is of the matched.
/// </summary>
public static class AbadieImbens
{
    /// <summary>Estimates the effect.</summary>
    /// <param name="outcome">One finite number per row, any unit.</param>
    /// <param name="treated">True for treated rows; as given to the matching.</param>
    /// <param name="matches">Neighbours of the same rows.</param>
    /// <param name="adjustFor">Covariates for bias adjustment, or null for none.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an outcome is NaN or infinite.</exception>
    public static Estimable<EffectResult> Estimate(
        ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, TiedMatches matches, DesignMatrix? adjustFor = null, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(matches);
        var w = matches.Weights.Span;
        EffectGuards.Arguments(outcome, treated, w.Length, default, level);
        if (adjustFor is not null) RowGuards.SameLength(outcome.Length, adjustFor.Rows, nameof(adjustFor));
        if (EffectGuards.Arms(outcome, treated, w) is { } empty) return Estimable.Not<EffectResult>(empty.Reason, empty.Detail);
        if (matches.Matched < 2) return Estimable.Not<EffectResult>(NotEstimableReason.TooFewMatches, "A single row was matched.");

        // What a row and its neighbours are compared by: outcomes, or residuals of the neighbours' regression (1: treated neighbours).
        double[][] compared = [outcome.ToArray(), outcome.ToArray()];
        if (adjustFor is not null)
        {
            var design = StandardisedDesign.From(adjustFor);
            foreach (var arm in (ReadOnlySpan<int>)[0, 1])
            {
                if (matches.Estimand == (arm == 1 ? Estimand.Treated : Estimand.Untreated)) continue;
                if (Residuals(design, outcome, treated, matches.Reuse, arm == 1) is not { } residuals)
                {
                    return Estimable.Not<EffectResult>(
                        NotEstimableReason.Collinear,
                        $"Covariates of bias adjustment are collinear among the {(arm == 1 ? "treated" : "comparison")} rows in use.");
                }

                compared[arm] = residuals;
            }
        }

        var effects = RowEffects(compared, treated, matches, out var estimate, out var pairVariance);
        var variances = matches.HasOwnNeighbours ? OwnVariances(outcome, matches) : null;
        var means = WeightedMeans.Of(outcome, treated, w);
        var influence = new double[outcome.Length];
        CompensatedSum variance = default, treatedMean = default;
        var n = matches.Matched;
        for (var i = 0; i < influence.Length; i++)
        {
            var (k, squares) = (matches.Reuse[i], matches.ReuseSquares[i]);
            var both = matches.Estimand == Estimand.Everyone ? 2 * k : 0;
            var own = 0.0;
            var deviation = outcome[i] - (treated[i] ? means.Treated : means.Comparison);
            var sign = treated[i] == deviation > 0 ? 1 : -1;
            if (matches.NeighboursOf(i).Length > 0)
            {
                own = effects[i] - estimate;
                sign = own >= 0 ? 1 : -1;
                treatedMean.Add(treated[i] ? outcome[i] : outcome[i] + effects[i]);
            }

            var square = ((own * own) + ((variances?[i] ?? pairVariance) * ((k * k) + both - squares))) / ((double)n * n);
            variance.Add(square);
            influence[i] = sign * Math.Sqrt(Math.Max(square, 0));
        }

        if (!(variance.Value > 0))
        {
            return Estimable.Not<EffectResult>(
                NotEstimableReason.NoVariation, "Neither effects nor outcomes vary among matches, so the standard error would be zero.");
        }

        return Estimable.Of(means.Result(
            adjustFor is null ? $"matching estimator, {matches.Method}" : $"matching estimator, {matches.Method}, bias-adjusted",
            matches.Estimand, estimate, treatedMean.Value / n,
            new Uncertainty(Math.Sqrt(variance.Value), StandardErrorType.AbadieImbens, double.PositiveInfinity), level, influence, [],
            [new(StandardErrorType.IndependentPairs, PairError(outcome, treated, matches))]));
    }

    /// <summary>Estimates the effect on the treated from pairs, with or without replacement.</summary>
    /// <param name="outcome">One finite number per row, any unit.</param>
    /// <param name="treated">True for treated rows; as given to the matching.</param>
    /// <param name="sample">The matched sample of the same rows.</param>
    /// <param name="adjustFor">Covariates for bias adjustment, or null for none.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an outcome is NaN or infinite.</exception>
    public static Estimable<EffectResult> Estimate(
        ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, MatchedSample sample, DesignMatrix? adjustFor = null, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(sample);
        RowGuards.SameLength(sample.Weights.Length, treated.Length, nameof(treated));
        var neighbours = new int[treated.Length][];
        Array.Fill(neighbours, []);
        for (var i = 0; i < sample.TreatedRows.Count; i++)
        {
            neighbours[sample.TreatedRows[i]] = [.. sample.ControlsOf(i).ToArray().Where(control => control >= 0)];
        }

        var matches = TiedMatches.Of(sample.Method, Estimand.Treated, treated, neighbours, null);
        if (matches is NotEstimable<TiedMatches> none) return Estimable.Not<EffectResult>(none.Reason, none.Detail);
        return Estimate(outcome, treated, ((Estimated<TiedMatches>)matches).Value, adjustFor, level);
    }

    // Residuals of all rows under the regression of one arm's rows in use, weighted by how often they are used.
    private static double[]? Residuals(
        StandardisedDesign design, ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, double[] reuse, bool arm)
    {
        var weights = new double[reuse.Length];
        for (var i = 0; i < weights.Length; i++) weights[i] = treated[i] == arm ? reuse[i] : 0;
        return LeastSquares.TryFit(design, outcome, weights)?.Residuals;
    }

    private static double[] RowEffects(
        double[][] compared, ReadOnlySpan<bool> treated, TiedMatches matches, out double estimate, out double pairVariance)
    {
        var effects = new double[treated.Length];
        CompensatedSum sum = default;
        for (var i = 0; i < effects.Length; i++)
        {
            var neighbours = matches.NeighboursOf(i);
            if (neighbours.IsEmpty) continue;
            var values = compared[treated[i] ? 0 : 1];
            var mean = 0.0;
            foreach (var j in neighbours) mean += values[j];
            mean /= neighbours.Length;
            effects[i] = treated[i] ? values[i] - mean : mean - values[i];
            sum.Add(effects[i]);
        }

        estimate = sum.Value / matches.Matched;
        CompensatedSum squares = default;
        for (var i = 0; i < effects.Length; i++)
        {
            var neighbours = matches.NeighboursOf(i);
            var values = compared[treated[i] ? 0 : 1];
            foreach (var j in neighbours)
            {
                var deviation = (treated[i] ? values[i] - values[j] : values[j] - values[i]) - estimate;
                squares.Add(deviation * deviation / neighbours.Length);
            }
        }

        pairVariance = squares.Value / matches.Matched / 2;
        return effects;
    }

    private static double[] OwnVariances(ReadOnlySpan<double> outcome, TiedMatches matches)
    {
        var variances = new double[outcome.Length];
        for (var i = 0; i < variances.Length; i++)
        {
            var own = matches.OwnNeighboursOf(i);
            if (own.IsEmpty) continue;
            var mean = outcome[i];
            foreach (var j in own) mean += outcome[j];
            mean /= own.Length + 1;
            var squares = (outcome[i] - mean) * (outcome[i] - mean);
            foreach (var j in own) squares += (outcome[j] - mean) * (outcome[j] - mean);
            variances[i] = squares / own.Length;
        }

        return variances;
    }

    private static double PairError(ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, TiedMatches matches)
    {
        var values = outcome.ToArray();
        RowEffects([values, values], treated, matches, out _, out var half);
        return Math.Sqrt(2 * half / matches.Matched);
    }
}
