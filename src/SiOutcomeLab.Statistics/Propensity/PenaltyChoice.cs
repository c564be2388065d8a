namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>Which penalty of a cross-validated path is taken.</summary>
public enum PenaltyChoice
{
    /// <summary>The one with the smallest mean deviance out of fold.</summary>
    Minimum = 1,

    /// <summary>The largest within one standard error of that.</summary>
    OneStandardError = 2
}
