namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>Weights that make comparison rows stand for the rows that the estimand asks about.</summary>
public sealed class BalancingWeights
{
    internal BalancingWeights(string method, Estimand aim, double[] weights, WeightModel? model)
    {
        Method = method;
        Estimand = Aim = aim;
        Weights = weights;
        Model = model;
    }

    /// <summary>The weighting method's name, with what was trimmed or truncated.</summary>
    public string Method { get; }

    /// <summary>Whose average effect the weights aim at; <see cref="Estimand.Trimmed"/> when rows were left out by their score.</summary>
    public Estimand Estimand { get; internal init; }

    /// <summary>One weight per row, at least 0; for the effect on the treated, treated rows have 1.</summary>
    public ReadOnlyMemory<double> Weights { get; }

    /// <summary>True when the weights were estimated and standard errors carry that.</summary>
    public bool AreEstimated => Model is not null;

    /// <summary>The group that was aimed at before any trimming.</summary>
    internal Estimand Aim { get; }

    /// <summary>What each arm's weights were multiplied with to stabilise them.</summary>
    internal (double Treated, double Comparison) Stabiliser { get; init; } = (1, 1);

    /// <summary>True when an arm's weights add up, in expectation, to the size of a group that is known beforehand.</summary>
    internal bool HasKnownTotal { get; init; }

    /// <summary>
    /// The weights before anybody was lost in follow-up, when these let others stand for the lost: a row without weight then still belongs
    /// to the group, and its outcome means nothing.
    /// </summary>
    internal BalancingWeights? BeforeLoss { get; init; }

    internal WeightModel? Model { get; }

    /// <summary>Every row counts once: no weighting, for estimators that adjust otherwise.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="estimand">Whose effect is asked for.</param>
    /// <returns>Weights of 1.</returns>
    public static BalancingWeights Equal(int rows, Estimand estimand)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        var weights = new double[rows];
        Array.Fill(weights, 1.0);
        return new BalancingWeights("unweighted", estimand, weights, null);
    }

    /// <summary>Weights known beforehand, by design and not from the data; standard errors take them as fixed.</summary>
    /// <param name="weights">Finite, at least 0, one per row.</param>
    /// <param name="estimand">Whose effect they aim at.</param>
    /// <returns>The weights, copied.</returns>
    /// <exception cref="ArgumentException">A weight is negative, NaN or infinite.</exception>
    public static BalancingWeights Known(ReadOnlySpan<double> weights, Estimand estimand)
    {
        RowGuards.Finite(weights, nameof(weights));
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] < 0) throw new ArgumentException($"The weight in row {i} is negative.", nameof(weights));
        }

        return new BalancingWeights("known weights", estimand, weights.ToArray(), null);
    }
}
