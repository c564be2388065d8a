namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>A model of persons in groups with a random intercept per group.</summary>
public sealed class MixedModelFit
{
    /// <summary>Coefficients, the intercept first, with normal intervals.</summary>
    public required IReadOnlyList<PooledCoefficient> Coefficients { get; init; }

    /// <summary>Standard deviation of the groups' intercepts; 0 when the likelihood is highest there.</summary>
    public required double GroupDeviation { get; init; }

    /// <summary>Residual variance of a linear model; NaN for a logistic one, which has none.</summary>
    public required double ResidualVariance { get; init; }

    /// <summary>Log-likelihood; restricted for a linear model.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Share of the unexplained variance that lies between groups; on the latent scale, with π²/3, for a logistic model.</summary>
    public required double IntraclassCorrelation { get; init; }

    /// <summary>Groups in ascending order of their codes.</summary>
    public required IReadOnlyList<GroupEffect> Groups { get; init; }

    internal static PooledCoefficient[] Describe(DesignMatrix x, double[] values, double[] variances, double level)
    {
        var critical = Distributions.TwoSidedCritical(level, double.PositiveInfinity);
        var result = new PooledCoefficient[values.Length];
        for (var j = 0; j < values.Length; j++)
        {
            var (value, error) = (values[j], Math.Sqrt(variances[j]));
            result[j] = new PooledCoefficient(
                j == 0 ? "intercept" : x.Names[j - 1], value, error, value / error,
                Distributions.TwoSided(value / error, double.PositiveInfinity), value - (critical * error), value + (critical * error));
        }

        return result;
    }
}
