namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>Weights that make comparison rows stand for the rows that the estimand asks about.</summary>
public sealed class BalancingWeights
{
    internal BalancingWeights(string method, Estimand estimand, double[] weights, WeightModel? model)
    {
        Method = method;
        Estimand = estimand;
        Weights = weights;
        Model = model;
    }

    /// <summary>The weighting method's name.</summary>
    public string Method { get; }

    /// <summary>Whose average effect the weights aim at.</summary>
    public Estimand Estimand { get; }

    /// <summary>One weight per row, at least 0; for the effect on the treated, treated rows have 1.</summary>
    public ReadOnlyMemory<double> Weights { get; }

    /// <summary>True when the weights were estimated and standard errors carry that.</summary>
    public bool AreEstimated => Model is not null;

    internal WeightModel? Model { get; }

    /// <summary>Weights known beforehand, by design and not from the data; standard errors take them as fixed.</summary>
    /// <param name="weights">Finite, at least 0, one per row.</param>
    /// <param name="estimand">Whose effect they aim at.</param>
    /// <returns>The weights, copied.</returns>
    /// <exception cref="ArgumentException">A weight is negative, NaN or infinite.</exception>
    public static BalancingWeights Known(ReadOnlySpan<double> weights, Estimand estimand)
    {
        RowGuards.Finite(weights, nameof(weights));
        foreach (var weight in weights)
        {
            if (weight < 0) throw new ArgumentException("A weight is negative.", nameof(weights));
        }

        return new BalancingWeights("known weights", estimand, weights.ToArray(), null);
    }
}
