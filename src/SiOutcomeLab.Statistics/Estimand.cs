namespace SiOutcomeLab.Statistics;

/// <summary>Whose average effect is estimated.</summary>
public enum Estimand
{
    /// <summary>ATT: the average effect on the treated. The lab's standard.</summary>
    Treated = 1,

    /// <summary>ATE: the average effect on everybody, treated and comparison.</summary>
    Everyone = 2,

    /// <summary>ATO: the average effect on those who could as well have been treated as not (overlap weights).</summary>
    Overlap = 3,

    /// <summary>The average effect on those treated who found a match; equal to the ATT only when all did.</summary>
    MatchedTreated = 4,

    /// <summary>ATC: the average effect on the comparison rows, had they been treated.</summary>
    Untreated = 5
}
