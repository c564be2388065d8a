namespace SiOutcomeLab.Domain.Plans;

/// <summary>A division of the persons into subgroups, named before any outcome is read.</summary>
/// <param name="Variable">A categorical covariate: one subgroup per level; or a number, then cut at <paramref name="Cut"/>.</param>
/// <param name="Lag">Periods before event time 0 at which it is read; at least 1.</param>
/// <param name="Cut">For a number: below it is one subgroup, from it on the other; null for a category.</param>
public sealed record SubgroupDefinition(string Variable, int Lag, double? Cut = null);
