namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>How treatment is dealt out anew.</summary>
public sealed record PermutationOptions
{
    /// <summary>The seed; read only when arrangements are drawn.</summary>
    public required int Seed { get; init; }

    /// <summary>Arrangements to draw when there are too many to go through, at least 99.</summary>
    public int Replicates { get; init; } = 9999;

    /// <summary>All arrangements are gone through when there are no more than this many, from 0 to 10 000 000.</summary>
    public int MaximumExact { get; init; } = 200_000;

    /// <summary>Most threads, at least 1, or null for the machine's; the result does not depend on it.</summary>
    public int? Threads { get; init; }
}
