namespace SiOutcomeLab.Statistics.Matching;

/// <summary>How nearest-neighbour matching proceeds. The defaults are MatchIt's: 1:1, without replacement, largest score first.</summary>
public sealed record NearestNeighbourOptions
{
    /// <summary>Controls wanted per treated row, at least 1; a treated row may end with fewer.</summary>
    public int Ratio { get; init; } = 1;

    /// <summary>Bounds of a ratio that varies, with <see cref="Ratio"/> as its mean; null for the same ratio for all.</summary>
    public RatioBounds? VariableRatio { get; init; }

    /// <summary>True when a control may serve several treated rows.</summary>
    public bool Replacement { get; init; }

    /// <summary>
    /// With replacement: how many treated rows one control may serve at most, at least 1; null for no limit. Ignored otherwise.
    /// </summary>
    public int? MaximumReuse { get; init; }

    /// <summary>Order in which treated rows choose.</summary>
    public MatchingOrder Order { get; init; } = MatchingOrder.LargestFirst;

    /// <summary>Largest difference allowed in the measure, or null for none.</summary>
    public Caliper? Caliper { get; init; }

    /// <summary>Largest differences allowed in further covariates.</summary>
    public IReadOnlyList<CovariateCaliper> CovariateCalipers { get; init; } = [];

    /// <summary>Which rows outside of the common support are left out beforehand; standard deviations count the rest.</summary>
    public Discard Discard { get; init; } = Discard.None;

    internal int Capacity => Replacement ? MaximumReuse ?? int.MaxValue : 1;

    internal int Width => VariableRatio?.Maximum ?? Ratio;

    internal void Guard()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Ratio, 1);
        VariableRatio?.Guard(Ratio);
        ArgumentNullException.ThrowIfNull(CovariateCalipers);
        if (MaximumReuse is { } reuse) ArgumentOutOfRangeException.ThrowIfLessThan(reuse, 1, nameof(MaximumReuse));
    }
}
