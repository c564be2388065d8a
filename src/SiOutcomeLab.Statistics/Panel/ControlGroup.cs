namespace SiOutcomeLab.Statistics.Panel;

/// <summary>With whom a cohort is compared in a period.</summary>
public enum ControlGroup
{
    /// <summary>Units that are never treated.</summary>
    NeverTreated = 1,

    /// <summary>Units not treated by the period, those never treated included.</summary>
    NotYetTreated = 2
}
