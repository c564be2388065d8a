namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>What a signed-rank test does with pairs whose outcomes are equal.</summary>
public enum ZeroDifferences
{
    /// <summary>They are left out before ranking (Wilcoxon): they say nothing about the direction.</summary>
    Drop = 1,

    /// <summary>They are ranked with the others and never count as positive, as rbounds does; for comparison.</summary>
    Rank = 2
}
