namespace SiOutcomeLab.Statistics.Matching;

/// <summary>How optimal pair matching proceeds.</summary>
public sealed record OptimalMatchingOptions
{
    /// <summary>Controls per treated row, at least 1.</summary>
    public int Ratio { get; init; } = 1;

    /// <summary>Largest difference allowed in the measure, or null for none.</summary>
    public Caliper? Caliper { get; init; }

    /// <summary>Largest differences allowed in further covariates.</summary>
    public IReadOnlyList<CovariateCaliper> CovariateCalipers { get; init; } = [];

    /// <summary>Which rows outside of the common support of the measure are left out beforehand.</summary>
    public Discard Discard { get; init; } = Discard.None;

    internal NearestNeighbourOptions AsRules() =>
        new() { Ratio = Ratio, Caliper = Caliper, CovariateCalipers = CovariateCalipers, Discard = Discard };
}
