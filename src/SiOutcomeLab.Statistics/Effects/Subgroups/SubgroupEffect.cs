namespace SiOutcomeLab.Statistics.Effects.Subgroups;

/// <summary>One subgroup's effect, or why there is none.</summary>
/// <param name="Subgroup">The subgroup's code.</param>
/// <param name="Treated">Treated rows of the subgroup, with weight or without.</param>
/// <param name="Comparison">Comparison rows of the subgroup, with weight or without.</param>
/// <param name="Effect">The effect, with influence values for all rows of the sample; or the reason.</param>
public sealed record SubgroupEffect(int Subgroup, int Treated, int Comparison, Estimable<EffectResult> Effect);
