using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>Standard errors of a function of the two means, from each row's influence on them.</summary>
internal sealed class GComputationErrors(GComputationSample sample, ArmMeans means, BalancingWeights weights, GComputationOptions options)
{
    private readonly WeightedMeans _counts = WeightedMeans.Of(sample.AllOutcomes, sample.AllTreated, weights);
    private readonly double[]? _leverage = options.Family == OutcomeFamily.Linear ? Leverage(means) : null;

    /// <summary>The effect with its errors.</summary>
    /// <param name="name">The method's name.</param>
    /// <param name="estimate">The effect.</param>
    /// <param name="meanTreated">The mean with treatment on the effect's scale.</param>
    /// <param name="perTreated">Derivative of the effect by the mean with treatment.</param>
    /// <param name="perComparison">Derivative by the mean without, its sign turned.</param>
    public Estimable<EffectResult> Effect(string name, double estimate, double meanTreated, double perTreated, double perComparison)
    {
        var coefficients = Combined(means.Treated.Coefficients, means.Comparison.Coefficients, perTreated, perComparison);
        var averaging = Combined(means.Treated.Averaging, means.Comparison.Averaging, perTreated, perComparison);
        var fixedErrors = GroupGiven(coefficients, perTreated, perComparison);
        var influence = Stacked(coefficients, averaging);
        var refusal = EffectGuards.MEstimation(influence, sample.AllWeights, sample.AllClusters, out var stacked);
        if (refusal is { } why) return Estimable.Not<EffectResult>(why.Reason, why.Detail);

        fixedErrors.Insert(0, (stacked, influence));
        var chosen = fixedErrors.FindIndex(error => error.Error.Type == options.ErrorType);
        if (chosen < 0) chosen = 0;
        var headline = fixedErrors[chosen];
        if (!double.IsFinite(headline.Error.Value))
        {
            return Estimable.Not<EffectResult>(
                NotEstimableReason.TooFewObservations, $"A row has a coefficient of its own, so {headline.Error.Type} has no value.");
        }

        fixedErrors.RemoveAt(chosen);
        return Estimable.Of(_counts.Result(
            name, weights.Estimand, estimate, meanTreated, headline.Error, options.Level, headline.Influence, sample.AllClusters,
            [
                .. fixedErrors.Where(error => !double.IsNaN(error.Error.Value))
                    .Select(error => new StandardErrorValue(error.Error.Type, error.Error.Value))
            ]));
    }

    // Errors with weights and the group's covariates as given, each with influence values that add up to it.
    private List<(Uncertainty Error, double[] Influence)> GroupGiven(double[] coefficients, double perTreated, double perComparison)
    {
        var rows = sample.Weights.Length - sample.Weights.AsSpan().Count(0.0);
        double free = rows - means.Coefficients;
        var normal = options.Family == OutcomeFamily.Linear ? free : double.PositiveInfinity;
        var all = sample.Spread(coefficients);
        var hc0 = BlockSum.Squares(all);
        var model = ModelVariance(perTreated, perComparison, free);
        List<(Uncertainty, double[])> errors =
        [
            (new(Math.Sqrt(hc0), StandardErrorType.Hc0, normal), all),
            (new(Math.Sqrt(hc0 * rows / free), StandardErrorType.Hc1, normal), Scaled(all, rows / free)),
            (new(Math.Sqrt(model), StandardErrorType.ModelBased, normal), Scaled(all, model / hc0))
        ];
        if (_leverage is not null)
        {
            var divided = sample.Spread(Divided(coefficients, 0.5));
            errors.Add((new(Math.Sqrt(BlockSum.Squares(divided)), StandardErrorType.Hc2, normal), divided));
            divided = sample.Spread(Divided(coefficients, 1));
            errors.Add((new(Math.Sqrt(BlockSum.Squares(divided)), StandardErrorType.Hc3, normal), divided));
        }

        if (sample.AllClusters.Length == 0) return errors;

        var sums = ClusterSums.Of(all, sample.AllWeights, sample.AllClusters);
        var groups = sums.Clusters / (sums.Clusters - 1.0);
        var small = groups * (rows - 1) / free;
        errors.Add((new(Math.Sqrt(sums.Variance * groups), StandardErrorType.ClusterHc0, sums.Clusters - 1.0), Scaled(all, groups)));
        errors.Add((new(Math.Sqrt(sums.Variance * small), StandardErrorType.ClusterHc1, sums.Clusters - 1.0), Scaled(all, small)));
        return errors;
    }

    private double[] Stacked(double[] coefficients, double[] averaging)
    {
        var influence = new double[coefficients.Length];
        var perWeight = new double[coefficients.Length];
        for (var i = 0; i < influence.Length; i++)
        {
            influence[i] = coefficients[i] + averaging[i];
            if (sample.Weights[i] != 0)
            {
                perWeight[i] = (coefficients[i] + (sample.GroupIsWeights ? averaging[i] : 0)) / sample.Weights[i];
            }
        }

        var all = (double[])sample.Spread(influence).Clone();
        weights.Model?.AddInfluence(sample.Spread(perWeight), all);
        return all;
    }

    private double ModelVariance(double perTreated, double perComparison, double free)
    {
        var dispersion = options.Family is OutcomeFamily.Linear or OutcomeFamily.GammaLog ? Pearson() / free : 1;
        if (!means.OneModel)
        {
            return dispersion * (
                (perTreated * perTreated * means.Treated.Spread) + (perComparison * perComparison * means.Comparison.Spread));
        }

        var gradient = Combined(means.Treated.Gradient, means.Comparison.Gradient, perTreated, perComparison);
        return dispersion * means.TreatedFit.Spread(gradient);
    }

    // Σ w (y − μ)²/V(μ) of the rows' own models; a score is w (y − μ) for the linear family and w (y/μ − 1) for gamma.
    private double Pearson()
    {
        CompensatedSum sum = default;
        for (var i = 0; i < sample.Weights.Length; i++)
        {
            var score = (sample.Treated[i] ? means.TreatedFit : means.ComparisonFit).Score[i];
            if (sample.Weights[i] != 0) sum.Add(score * score / sample.Weights[i]);
        }

        return sum.Value;
    }

    private double[] Divided(double[] coefficients, double power)
    {
        var divided = new double[coefficients.Length];
        for (var i = 0; i < divided.Length; i++)
        {
            if (coefficients[i] != 0) divided[i] = coefficients[i] / Math.Pow(Effects.Leverage.Rest(_leverage![i]), power);
        }

        return divided;
    }

    private static double[] Leverage(ArmMeans means)
    {
        var leverage = means.TreatedFit.Leverage();
        // Each arm's own model gives rows of the other arm no weight and so no leverage.
        if (!means.OneModel) LaneSum.AddScaled(1, means.ComparisonFit.Leverage(), leverage);
        return leverage;
    }

    private static double[] Combined(double[] treated, double[] comparison, double perTreated, double perComparison)
    {
        var combined = new double[treated.Length];
        for (var i = 0; i < combined.Length; i++) combined[i] = (perTreated * treated[i]) - (perComparison * comparison[i]);
        return combined;
    }

    private static double[] Scaled(double[] values, double varianceFactor)
    {
        var scaled = new double[values.Length];
        LaneSum.AddScaled(Math.Sqrt(varianceFactor), values, scaled);
        return scaled;
    }
}
