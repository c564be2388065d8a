namespace SiOutcomeLab.Statistics.Panel;

/// <summary>From which period changes are counted.</summary>
public enum BasePeriod
{
    /// <summary>Before treatment the period before, afterwards the last one before treatment (less anticipation).</summary>
    Varying = 1,

    /// <summary>Always the last period before treatment (less anticipation), whose own effect is 0 by construction.</summary>
    Universal = 2
}
