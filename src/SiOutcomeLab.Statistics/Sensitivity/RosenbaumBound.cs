namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>What a hidden bias of at most Γ could have made of a test's p-value.</summary>
/// <param name="Gamma">Γ: the largest factor by which two matched persons' odds of treatment may differ, at least 1.</param>
/// <param name="PUpper">Largest one-sided p-value (effect above zero) that a bias of Γ allows.</param>
/// <param name="PLower">Smallest one-sided p-value that it allows.</param>
/// <param name="ZUpper">Standardised statistic behind <paramref name="PUpper"/>; null when the p-value is exact.</param>
/// <param name="ZLower">Standardised statistic behind <paramref name="PLower"/>; null when the p-value is exact.</param>
public sealed record RosenbaumBound(double Gamma, double PUpper, double PLower, double? ZUpper = null, double? ZLower = null);
