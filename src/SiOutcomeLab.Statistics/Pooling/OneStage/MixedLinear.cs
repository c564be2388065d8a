using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>
/// Estimand: how an outcome depends on covariates within groups, how much groups differ, and each group's deviation.
/// Formula: y = x'b + uⱼ + e, u ~ N(0, θσ²), e ~ N(0, σ²), by restricted maximum likelihood; b and σ² are profiled out, and the criterion
/// of θ alone is read from sums per group.
/// Arguments: see <see cref="Fit"/>.
/// Result: <see cref="MixedModelFit"/>; standard errors from σ²(X'V⁻¹X)⁻¹; groups' deviations are best linear unbiased predictions.
/// Not estimable when: a covariate is constant or a combination of others; fewer than two groups, or no more rows than coefficients and
/// groups; no residual is left.
/// Ties, order, seed: none; sums run in the order of group codes.
/// Cost: O(n p²) once, then O(groups · p²) per step.
/// Source: Laird and Ware (1982), Biometrics 38(4), p. 963–974; Bates, Mächler, Bolker and Walker (2015), Journal of Statistical Software
/// 67(1), eq. 42 (the profiled criterion).
/// Checked against: lme4's lmer (1e-7), and dense matrices in the tests.
/// </summary>
public static class MixedLinear
{
    /// <summary>Fits.</summary>
    /// <param name="x">Covariates of persons.</param>
    /// <param name="outcome">One finite number per person.</param>
    /// <param name="groups">Group code per person.</param>
    /// <param name="level">Confidence level of the coefficients' normal intervals.</param>
    /// <returns>The fit, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an outcome is NaN or infinite.</exception>
    public static Estimable<MixedModelFit> Fit(
        DesignMatrix x, ReadOnlySpan<double> outcome, ReadOnlySpan<int> groups, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(x);
        RowGuards.SameLength(x.Rows, outcome.Length, nameof(outcome));
        RowGuards.SameLength(x.Rows, groups.Length, nameof(groups));
        RowGuards.Finite(outcome, nameof(outcome));
        RowGuards.Level(level);
        var rows = new GroupedRows(groups);
        if (rows.Count < 2 || x.Rows <= x.Columns + 1)
        {
            return Estimable.Not<MixedModelFit>(
                NotEstimableReason.TooFewObservations, $"{x.Rows} rows in {rows.Count} groups cannot tell {x.Columns + 1} coefficients.");
        }

        var y = outcome.ToArray();
        return StandardColumns.From(x, rows).Then(columns => Fit(x, columns, rows, y, level));
    }

    private static Estimable<MixedModelFit> Fit(DesignMatrix x, StandardColumns columns, GroupedRows rows, double[] outcome, double level)
    {
        var sums = new GroupSums(columns, rows, outcome);
        // The criterion's root in log θ; θ from 10⁻⁸ to 10⁸ is beyond what data can tell from the bounds.
        var (low, high) = (Math.Log(1e-8), Math.Log(1e8));
        var theta = sums.Slope(0) <= 0 ? 0 : Math.Exp(Maximum(sums, low, high));
        if (sums.At(theta) is not { } fit)
        {
            return Estimable.Not<MixedModelFit>(NotEstimableReason.NoVariation, "The covariates explain the outcome wholly.");
        }

        var p = columns.Size;
        var covariance = fit.Inverse.Select(v => v * fit.Variance).ToArray();
        var between = theta * fit.Variance;
        return Estimable.Of(new MixedModelFit
        {
            Coefficients = MixedModelFit.Describe(
                x, Shifted(columns.Back(fit.Coefficients), sums.Centre), columns.BackVariances(covariance, p), level),
            GroupDeviation = Math.Sqrt(between),
            ResidualVariance = fit.Variance,
            LogLikelihood = fit.LogLikelihood - columns.LogScale,
            IntraclassCorrelation = theta / (1 + theta),
            Groups = [.. Enumerable.Range(0, rows.Count).Select(j => sums.Effect(j, theta, fit))]
        });
    }

    private static double[] Shifted(double[] coefficients, double centre)
    {
        coefficients[0] += centre;
        return coefficients;
    }

    // Golden section in log θ to the basin, then the slope's root by bisection: the criterion itself is flat to rounding near its top.
    private static double Maximum(GroupSums sums, double low, double high)
    {
        var best = low;
        var highest = double.NegativeInfinity;
        for (var at = low; at <= high; at += 0.5)
        {
            if (sums.At(Math.Exp(at)) is not { } fit || fit.LogLikelihood <= highest) continue;
            (best, highest) = (at, fit.LogLikelihood);
        }

        (low, high) = (best - 0.5, best + 0.5);
        for (var step = 0; step < 100 && high - low > 1e-14; step++)
        {
            var middle = (low + high) / 2;
            if (sums.Slope(Math.Exp(middle)) > 0) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }
}
