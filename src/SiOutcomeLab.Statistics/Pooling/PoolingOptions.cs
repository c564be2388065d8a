namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>How estimates are pooled. The defaults are the lab's: REML with Hartung and Knapp's interval.</summary>
public sealed record PoolingOptions
{
    /// <summary>How τ² is estimated.</summary>
    public HeterogeneityMethod Method { get; init; } = HeterogeneityMethod.RestrictedMaximumLikelihood;

    /// <summary>How the pooled effect's uncertainty is computed.</summary>
    public PoolingTest Test { get; init; } = PoolingTest.HartungKnapp;

    /// <summary>Confidence level of every interval, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;

    internal void Guard()
    {
        RowGuards.Level(Level);
        if (!Enum.IsDefined(Method)) throw new ArgumentOutOfRangeException(nameof(Method), Method, "No such method.");
        if (!Enum.IsDefined(Test)) throw new ArgumentOutOfRangeException(nameof(Test), Test, "No such test.");
    }
}
