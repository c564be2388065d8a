namespace SiOutcomeLab.Statistics.Balance;

/// <summary>What the balance gate says, of one covariate or of all together (the worst one's).</summary>
public enum BalanceGrade
{
    /// <summary>Within the target.</summary>
    Pass = 0,

    /// <summary>Above the target but not significantly so: the covariate must be in the outcome model.</summary>
    Amber = 1,

    /// <summary>Significantly above the target, or above the hard limit: the comparison is unfit.</summary>
    Fail = 2
}
