using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Attrition;

/// <summary>
/// Estimand: that of the earlier weights, for everybody that they stand for and not only those followed up.
/// Formula: w = b · r / P(r = 1 | x, t), with b the earlier weight, r = 1 when the outcome is observed, and the chance from a propensity
/// model of r on covariates, treatment and (by arm) their products. Assumes that within an arm those alike in the covariates are lost at
/// random with respect to the outcome.
/// Arguments: see <see cref="Weights"/>. Result: <see cref="AttritionWeights"/>; effects computed with them carry the uncertainty of both
/// models when these have score equations.
/// Not estimable when: an arm has nobody observed, or the model of being observed is not (separation: some kind of person is always lost).
/// Ties, order, seed: none beyond the model's.
/// Source: Robins, Rotnitzky and Zhao (1995), JASA 90(429), p. 106–121; Hernán and Robins (2020), Causal Inference: What If, §12.6.
/// Checked against: in the tests, a saturated model by hand, a simulation with known truth, and the error of stacked equations (weighted
/// and augmented); no estimator reads the outcome of a lost row.
/// </summary>
public static class InverseProbabilityOfAttrition
{
    private const string TreatedName = "\u0001treated";

    /// <summary>Weights those observed up to those lost.</summary>
    /// <param name="x">Covariates known before anybody is lost.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="observed">True for rows whose outcome is observed. Others get weight 0; give them an outcome of 0.</param>
    /// <param name="earlier">Weights to be combined with.</param>
    /// <param name="model">Model of being observed, or null for logistic regression.</param>
    /// <param name="byArm">True to let covariates work differently in the arms.</param>
    /// <param name="cancellationToken">Stops the work between passes over the data.</param>
    /// <returns>The weights, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static Estimable<AttritionWeights> Weights(
        DesignMatrix x,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<bool> observed,
        BalancingWeights earlier,
        IPropensityModel? model = null,
        bool byArm = true,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(earlier);
        RowGuards.SameLength(x.Rows, treated.Length, nameof(treated));
        RowGuards.SameLength(x.Rows, observed.Length, nameof(observed));
        RowGuards.SameLength(x.Rows, earlier.Weights.Length, nameof(earlier));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<AttritionWeights>(empty.Reason, empty.Detail);

        var (kept, seen) = (earlier.Weights.ToArray(), observed.ToArray());
        var (inTreated, inComparison) = (Share(kept, treated, seen, true), Share(kept, treated, seen, false));
        if (!(inTreated > 0))
        {
            return Estimable.Not<AttritionWeights>(NotEstimableReason.NoTreated, "No treated row with weight was observed.");
        }

        if (!(inComparison > 0))
        {
            return Estimable.Not<AttritionWeights>(NotEstimableReason.NoComparison, "No comparison row with weight was observed.");
        }

        var arms = treated.ToArray();
        if (!seen.AsSpan().Contains(false)) return Estimable.Of(Describe(earlier, null, 1, arms, (inTreated, inComparison)));

        return (model ?? new LogisticRegression()).Fit(Design(x, treated, byArm), observed, cancellationToken).Map(fit =>
        {
            var (factor, slope, smallest) = Factors(fit, seen);
            var weights = new double[kept.Length];
            for (var i = 0; i < weights.Length; i++) weights[i] = kept[i] * factor[i];
            var combined = new BalancingWeights(
                $"{earlier.Method}, inverse probability of attrition", earlier.Aim, weights, Combined(earlier, fit, kept, factor, slope))
            {
                Estimand = earlier.Estimand,
                Stabiliser = earlier.Stabiliser,
                BeforeLoss = earlier.BeforeLoss ?? earlier
            };
            return Describe(combined, fit, smallest, arms, (inTreated, inComparison));
        });
    }

    private static AttritionWeights Describe(
        BalancingWeights weights, PropensityFit? fit, double smallest, bool[] treated, (double Treated, double Comparison) share) => new()
        {
            Weights = weights,
            Model = fit,
            ObservedTreated = share.Treated,
            ObservedComparison = share.Comparison,
            SmallestChance = smallest,
            EffectiveTreated = EffectiveSampleSize.Of(weights.Weights.Span, treated, true),
            EffectiveComparison = EffectiveSampleSize.Of(weights.Weights.Span, treated, false)
        };

    private static double Share(double[] weights, ReadOnlySpan<bool> treated, bool[] observed, bool arm)
    {
        int all = 0, seen = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (treated[i] != arm || weights[i] == 0) continue;
            all++;
            if (observed[i]) seen++;
        }

        return seen / (double)all;
    }

    private static DesignMatrix Design(DesignMatrix x, ReadOnlySpan<bool> treated, bool byArm)
    {
        var arm = new double[treated.Length];
        for (var i = 0; i < arm.Length; i++) arm[i] = treated[i] ? 1 : 0;
        List<(string Name, double[] Values)> columns = [(TreatedName, arm)];
        for (var j = 0; j < x.Columns; j++)
        {
            var column = x.Column(j).ToArray();
            columns.Add((x.Names[j], column));
            if (!byArm) continue;
            var product = new double[column.Length];
            for (var i = 0; i < product.Length; i++) product[i] = arm[i] * column[i];
            columns.Add(($"{TreatedName} × {x.Names[j]}", product));
        }

        return DesignMatrix.FromColumns(columns);
    }

    // 1/π and its derivative by the linear predictor, −(1 − π)/π, for those observed.
    private static (double[] Factor, double[] Slope, double Smallest) Factors(PropensityFit fit, bool[] observed)
    {
        var (factor, slope, smallest) = (new double[observed.Length], new double[observed.Length], 1.0);
        var scores = fit.Scores.Span;
        for (var i = 0; i < observed.Length; i++)
        {
            if (!observed[i]) continue;
            factor[i] = 1 / scores[i];
            slope[i] = -(1 - scores[i]) / scores[i];
            smallest = Math.Min(smallest, scores[i]);
        }

        return (factor, slope, smallest);
    }

    private static WeightModel? Combined(BalancingWeights earlier, PropensityFit fit, double[] kept, double[] factor, double[] slope)
    {
        var before = Scaled(earlier.Model, factor);
        if (fit.Equations is not { } equations) return before;

        var gradient = new double[kept.Length];
        for (var i = 0; i < gradient.Length; i++) gradient[i] = kept[i] * slope[i] * (equations.Slope is { } link ? link[i] : 1);
        return new WeightModel(equations.Design, equations.Bread, equations.Score, gradient, null, before);
    }

    private static WeightModel? Scaled(WeightModel? model, double[] factor)
    {
        if (model is null) return null;
        var gradient = new double[factor.Length];
        for (var i = 0; i < gradient.Length; i++) gradient[i] = model.Gradient[i] * factor[i];
        return model with { Gradient = gradient, Other = Scaled(model.Other, factor) };
    }
}
