namespace SiOutcomeLab.Statistics.Effects.Subgroups;

/// <summary>A test that the effect is the same in all subgroups.</summary>
/// <param name="Statistic">Wald's: the differences between subgroups, squared by the inverse of their covariance.</param>
/// <param name="Numerator">Number of estimable subgroups less one.</param>
/// <param name="Denominator">Clusters less one where there are clusters, else infinite.</param>
/// <param name="PValue">By χ², or with clusters by F of the statistic over <paramref name="Numerator"/>.</param>
/// <param name="Subgroups">The subgroups compared.</param>
public sealed record InteractionTest(
    double Statistic, int Numerator, double Denominator, double PValue, IReadOnlyList<int> Subgroups);
