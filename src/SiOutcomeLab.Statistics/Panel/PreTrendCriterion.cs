namespace SiOutcomeLab.Statistics.Panel;

/// <summary>When a pre-trend counts as seen.</summary>
public enum PreTrendCriterion
{
    /// <summary>Any estimate before treatment differs significantly from zero by itself; what readers of an event study do.</summary>
    AnyEstimate = 1,

    /// <summary>The joint Wald test rejects.</summary>
    JointTest = 2
}
