namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>How a one-stage stratified model is fitted.</summary>
public sealed record StratifiedOptions
{
    /// <summary>True: strata's true effects differ, normal around a mean. False: one common effect.</summary>
    public bool RandomEffects { get; init; } = true;

    /// <summary>Nodes of the adaptive Gauss–Hermite rule, 1 (Laplace) to 100.</summary>
    public int QuadraturePoints { get; init; } = 15;

    /// <summary>Confidence level, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Most threads, or null for the machine's; the result does not depend on it.</summary>
    public int? Threads { get; init; }

    internal void Guard()
    {
        RowGuards.Level(Level);
        ArgumentOutOfRangeException.ThrowIfLessThan(QuadraturePoints, 1, nameof(QuadraturePoints));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QuadraturePoints, 100, nameof(QuadraturePoints));
        if (Threads is { } threads) ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(Threads));
    }
}
