namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Which rows outside of the common support of the measure are left out before matching.</summary>
public enum Discard
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Rows of both arms outside of the treated's range or outside of the comparison rows' range.</summary>
    Both = 1,

    /// <summary>Treated rows outside of the comparison rows' range. Changes whom the effect holds for.</summary>
    Treated = 2,

    /// <summary>Comparison rows outside of the treated's range.</summary>
    Comparison = 3
}
