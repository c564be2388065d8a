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
    Untreated = 5,

    /// <summary>ATM: the average effect on those whom one-to-one matching would keep (matching weights).</summary>
    Matching = 6,

    /// <summary>ATEN: the average effect on the population that entropy weights make; near the overlap population, less sharply.</summary>
    EntropyOverlap = 7,

    /// <summary>
    /// The average effect on what trimming by the score left of the group that was aimed at. It is another group than before trimming; the
    /// method's name says which scores were kept.
    /// </summary>
    Trimmed = 8
}
