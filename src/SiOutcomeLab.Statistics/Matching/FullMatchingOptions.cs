namespace SiOutcomeLab.Statistics.Matching;

/// <summary>What the sets of full matching may look like.</summary>
public sealed record FullMatchingOptions
{
    /// <summary>Treated, untreated or everyone: whom the weights aim at. The sets are the same.</summary>
    public Estimand Estimand { get; init; } = Estimand.Treated;

    /// <summary>Fewest controls in a set, at least 1. Above 1 no set may have several treated rows.</summary>
    public int MinimumControls { get; init; } = 1;

    /// <summary>Most controls that share one treated row, at least the minimum; null for no bound.</summary>
    public int? MaximumControls { get; init; }

    /// <summary>Most treated rows that share one control, at least 1; null for no bound.</summary>
    public int? MaximumTreated { get; init; }

    /// <summary>The largest share of controls in a stratum that may be left out to lower the total distance, in [0, 1).</summary>
    public double OmittedShare { get; init; }

    /// <summary>Largest difference allowed in the measure, or null for none. Rows with nobody in reach are left out.</summary>
    public Caliper? Caliper { get; init; }

    /// <summary>Largest differences allowed in further covariates.</summary>
    public IReadOnlyList<CovariateCaliper> CovariateCalipers { get; init; } = [];

    /// <summary>Which rows outside of the common support of the measure are left out beforehand.</summary>
    public Discard Discard { get; init; } = Discard.None;

    internal PartnerBounds Bounds => new(
        MinimumControls, MaximumControls ?? LineFlow.Unbounded, 1,
        MinimumControls > 1 ? 1 : MaximumTreated ?? LineFlow.Unbounded);

    internal void Guard()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumControls, 1);
        if (MaximumControls is { } most) ArgumentOutOfRangeException.ThrowIfLessThan(most, MinimumControls, nameof(MaximumControls));
        if (MaximumTreated is { } treated) ArgumentOutOfRangeException.ThrowIfLessThan(treated, 1, nameof(MaximumTreated));
        if (OmittedShare is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(OmittedShare), OmittedShare, "A share left out is at least 0 and under 1.");
        }
    }

    internal NearestNeighbourOptions AsRules() =>
        new() { Caliper = Caliper, CovariateCalipers = CovariateCalipers, Discard = Discard };
}
