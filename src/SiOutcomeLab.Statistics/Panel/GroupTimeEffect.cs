namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Effect on one cohort in one period.</summary>
/// <param name="Group">First treated period of the cohort.</param>
/// <param name="Period">The period.</param>
/// <param name="BasePeriod">The period from which the change is counted.</param>
/// <param name="Effect">The effect with its standard error, or why there is none.</param>
public sealed record GroupTimeEffect(int Group, int Period, int BasePeriod, Estimable<PointEstimate> Effect)
{
    /// <summary>Number of treated units (rows, in cross-sections).</summary>
    public required int Treated { get; init; }

    /// <summary>Number of comparison units (rows, in cross-sections).</summary>
    public required int Comparison { get; init; }

    /// <summary>Whether the period is the base of a universal base period: the effect is 0 by construction, without uncertainty.</summary>
    public bool IsBase => Period == BasePeriod;

    /// <summary>Periods since treatment began; negative before.</summary>
    public int EventTime => Period - Group;

    /// <summary>Influence per unit in <see cref="Units"/>; kept for members of the comparison only.</summary>
    internal double[] Influence { get; init; } = [];

    /// <summary>Unit numbers, shared between cells of one comparison.</summary>
    internal int[] Units { get; init; } = [];

    /// <summary>Whether a unit may come twice in <see cref="Units"/>, as in unbalanced panels.</summary>
    internal bool UnitsRepeat { get; init; }

    internal void AddInfluence(double factor, double[] perUnit)
    {
        for (var i = 0; i < Units.Length; i++) perUnit[Units[i]] += factor * Influence[i];
    }
}
