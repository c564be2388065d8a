namespace SiOutcomeLab.Domain.Measures;

/// <summary>Which way is better.</summary>
public enum MeasureDirection
{
    /// <summary>Neither: a change is told as higher or lower.</summary>
    Neutral = 0,

    /// <summary>More is better, e.g. months in work.</summary>
    HigherIsBetter = 1,

    /// <summary>Less is better, e.g. months of income support.</summary>
    LowerIsBetter = 2,
}

/// <summary>How a measure is spoken of.</summary>
/// <param name="Name">Its name, e.g. <c>Månader i arbete</c> / <c>Months in work</c>.</param>
/// <param name="Unit">Its unit in the plural, e.g. <c>månader</c> / <c>months</c>.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="IsRate">True for a share of persons in [0, 1], told per 100 persons.</param>
public sealed record MeasureWords(BilingualText Name, BilingualText Unit, MeasureDirection Direction, bool IsRate);
