namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Kinds of comparison that a two-way fixed-effects coefficient mixes.</summary>
public enum ComparisonKind
{
    /// <summary>A cohort against units never treated.</summary>
    TreatedAgainstUntreated = 1,

    /// <summary>A cohort against one not yet treated.</summary>
    EarlierAgainstLater = 2,

    /// <summary>A cohort against one already treated, whose own effect's growth is taken off: the forbidden comparison.</summary>
    LaterAgainstEarlier = 3
}
