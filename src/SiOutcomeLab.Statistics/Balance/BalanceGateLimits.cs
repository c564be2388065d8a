namespace SiOutcomeLab.Statistics.Balance;

/// <summary>Limits of the balance gate; the defaults are the lab's standard.</summary>
public sealed record BalanceGateLimits
{
    /// <summary>Absolute standardised difference that is aimed at.</summary>
    public double Target { get; init; } = 0.1;

    /// <summary>Absolute standardised difference that is never accepted, however few the persons.</summary>
    public double HardLimit { get; init; } = 0.25;

    /// <summary>Error rate over all covariates together, one-sided; each gets its share (Bonferroni).</summary>
    public double Alpha { get; init; } = 0.05;

    internal void Guard()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Target);
        ArgumentOutOfRangeException.ThrowIfLessThan(HardLimit, Target);
        RowGuards.Level(1 - Alpha);
    }
}
