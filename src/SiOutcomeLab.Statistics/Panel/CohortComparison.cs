namespace SiOutcomeLab.Statistics.Panel;

/// <summary>One comparison of two cohorts in <see cref="GoodmanBacon"/>.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Treated">First treated period of the cohort whose effect is taken.</param>
/// <param name="Control">That of the cohort compared with; <see cref="PanelRows.NeverTreated"/> for none.</param>
/// <param name="Estimate">Difference in differences of means.</param>
/// <param name="Weight">Share in the fixed-effects coefficient; all sum to 1.</param>
public sealed record CohortComparison(ComparisonKind Kind, int Treated, int Control, double Estimate, double Weight);
