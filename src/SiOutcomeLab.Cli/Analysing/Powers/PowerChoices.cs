namespace SiOutcomeLab.Cli.Analysing.Powers;

/// <summary>What <c>silab analyse power</c> solves: of persons, effect and power the one that is not given.</summary>
internal sealed record PowerChoices
{
    public required PowerDesign Design { get; init; }

    public required string DesignWord { get; init; }

    /// <summary>Persons (pairs) treated; null to find.</summary>
    public double? Treated { get; init; }

    /// <summary>Comparison persons per treated person.</summary>
    public double Ratio { get; init; } = 1;

    /// <summary>Difference of means, or the share among the treated less the comparison's; null to find.</summary>
    public double? Effect { get; init; }

    /// <summary>Wanted power; null to find.</summary>
    public double? Power { get; init; }

    /// <summary>Of the outcome within arms; of differences in pairs.</summary>
    public double Deviation { get; init; } = 1;

    /// <summary>Share of the comparison persons with the outcome.</summary>
    public double Share { get; init; }

    public double Alpha { get; init; } = 0.05;

    public bool OneSided { get; init; }

    /// <summary>Persons per cluster; 1 for none.</summary>
    public double ClusterSize { get; init; } = 1;

    /// <summary>Intraclass correlation.</summary>
    public double Correlation { get; init; }

    /// <summary>Simulated data sets; null for the formula alone.</summary>
    public int? Replicates { get; init; }

    public int Seed { get; init; } = 1;
}

/// <summary>What is compared.</summary>
internal enum PowerDesign
{
    Means = 1,
    Paired = 2,
    Proportions = 3,
}
