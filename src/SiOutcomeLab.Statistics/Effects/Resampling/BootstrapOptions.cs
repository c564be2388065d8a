namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>How samples are drawn anew.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Number of samples, at least 50; 1 000 or more for percentile-like intervals.</summary>
    public int Replicates { get; init; } = 1000;

    /// <summary>The seed; the same seed gives the same samples with any number of threads.</summary>
    public required int Seed { get; init; }

    /// <summary>
    /// True to draw within either arm, so that each sample has as many treated units as the data; clusters then lie in one arm.
    /// </summary>
    public bool StratifiedByArm { get; init; }

    /// <summary>Confidence level, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Most threads, at least 1, or null for the machine's; the result does not depend on it.</summary>
    public int? Threads { get; init; }
}
