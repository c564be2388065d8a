namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>What an estimate that should be zero says about the comparison.</summary>
public enum PlaceboGrade
{
    /// <summary>An effect as large as the pre-stated size is ruled out.</summary>
    Pass = 0,

    /// <summary>Neither ruled out nor shown: shades confidence, stops nothing.</summary>
    Amber = 1,

    /// <summary>An effect where there can be none, beyond the pre-stated size: the comparison is unfit.</summary>
    Fail = 2
}
