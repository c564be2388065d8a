using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>A regression-adjusted effect's derivatives row by row, and the standard errors that follow from them.</summary>
internal sealed class RegressionErrors
{
    private readonly double[] _perWeight;
    private readonly double[] _coefficient;
    private readonly double[] _rest;
    private double _error;
    private double _clustered;

    public RegressionErrors(int rows)
    {
        Influence = new double[rows];
        _perWeight = new double[rows];
        _coefficient = new double[rows];
        _rest = new double[rows];
    }

    public double[] Influence { get; }

    public required double Estimate { get; init; }

    public double MeanTreated { get; set; }

    /// <summary>Number of fitted coefficients.</summary>
    public required int Coefficients { get; init; }

    /// <summary>Variance of the estimate per unit of error variance, weights as precisions.</summary>
    public required double Spread { get; init; }

    public static void Guard(StandardErrorType type, ReadOnlySpan<int> clusters)
    {
        var fits = clusters.IsEmpty
            ? type is StandardErrorType.MEstimation or StandardErrorType.Hc0 or StandardErrorType.Hc1 or StandardErrorType.Hc2
                or StandardErrorType.Hc3 or StandardErrorType.Classical
            : type is StandardErrorType.MEstimation or StandardErrorType.ClusteredMEstimation or StandardErrorType.ClusterHc1;
        if (!fits) throw new ArgumentException($"{type} {(clusters.IsEmpty ? "needs" : "does not heed")} clusters.", nameof(type));
    }

    /// <summary>Takes one row.</summary>
    /// <param name="row">Row number.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="coefficient">Derivative of the estimate by its weight, through the coefficients.</param>
    /// <param name="residual">Outcome less prediction in its own arm.</param>
    /// <param name="leverage">Its leverage.</param>
    /// <param name="averaged">Its influence through being averaged over.</param>
    /// <param name="averagedPerWeight">Derivative of the estimate by its weight, through the averaging.</param>
    public void Row(
        int row, double weight, double coefficient, double residual, double leverage, double averaged, double averagedPerWeight)
    {
        _coefficient[row] = weight * coefficient;
        _perWeight[row] = coefficient + averagedPerWeight;
        _rest[row] = Leverage.Rest(leverage);
        Influence[row] = _coefficient[row] + averaged;
        _error += weight * residual * residual;
    }

    /// <summary>Carries the weights' own estimation into <see cref="Influence"/>.</summary>
    public void AddModel(WeightModel? model) => model?.AddInfluence(_perWeight, Influence);

    /// <summary>Errors that take weights and averaged rows as known.</summary>
    public List<Uncertainty> Alternatives(ReadOnlySpan<double> weights, ReadOnlySpan<int> clusters, int rows)
    {
        double free = rows - Coefficients;
        var hc0 = BlockSum.Squares(_coefficient);
        List<Uncertainty> errors =
        [
            new(Math.Sqrt(hc0), StandardErrorType.Hc0, free),
            new(Math.Sqrt(hc0 * rows / free), StandardErrorType.Hc1, free),
            new(Math.Sqrt(BlockSum.Squares(Divided(0.5))), StandardErrorType.Hc2, free),
            new(Math.Sqrt(BlockSum.Squares(Divided(1))), StandardErrorType.Hc3, free),
            new(Math.Sqrt(_error / free * Spread), StandardErrorType.Classical, free)
        ];
        if (clusters.IsEmpty) return errors;

        var sums = ClusterSums.Of(_coefficient, weights, clusters);
        _clustered = Math.Sqrt(sums.Variance);
        var factor = sums.Clusters / (sums.Clusters - 1.0) * (rows - 1) / free;
        errors.Add(new(Math.Sqrt(sums.Variance * factor), StandardErrorType.ClusterHc1, sums.Clusters - 1.0));
        return errors;
    }

    /// <summary>Influence values whose squares add up to the chosen error.</summary>
    public double[] InfluenceFor(Uncertainty chosen)
    {
        switch (chosen.Type)
        {
            case StandardErrorType.MEstimation or StandardErrorType.ClusteredMEstimation:
                return Influence;
            case StandardErrorType.Hc2:
                return Divided(0.5);
            case StandardErrorType.Hc3:
                return Divided(1);
            default:
                // HC1, the clustered and the classical error are a multiple of the plain sum.
                var plain = chosen.Type == StandardErrorType.ClusterHc1 ? _clustered : Math.Sqrt(BlockSum.Squares(_coefficient));
                var scaled = (double[])_coefficient.Clone();
                for (var i = 0; i < scaled.Length; i++) scaled[i] *= chosen.Value / plain;
                return scaled;
        }
    }

    // By the root of 1 − leverage, or by all of it.
    private double[] Divided(double power)
    {
        var divided = new double[_coefficient.Length];
        for (var i = 0; i < divided.Length; i++) divided[i] = _coefficient[i] / (power == 1 ? _rest[i] : Math.Sqrt(_rest[i]));
        return divided;
    }
}
