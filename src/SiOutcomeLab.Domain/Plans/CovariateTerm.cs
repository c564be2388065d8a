namespace SiOutcomeLab.Domain.Plans;

/// <summary>One condition on who is in the target group.</summary>
/// <param name="Variable">A covariate or measure code.</param>
/// <param name="Lag">Periods before event time 0 at which it is read; at least 1.</param>
/// <param name="Minimum">The smallest allowed value of a number; null for no lower limit.</param>
/// <param name="Maximum">The largest allowed value of a number; null for no upper limit.</param>
/// <param name="OneOf">The allowed values of a category; null for a number.</param>
public sealed record TargetCondition(string Variable, int Lag, double? Minimum, double? Maximum, IReadOnlyList<string>? OneOf);

/// <summary>One thing the groups are balanced on.</summary>
/// <param name="Variable">A covariate or measure code; a category becomes one indicator per level but the baseline.</param>
/// <param name="Lag">Periods before event time 0 at which it is read; at least 1.</param>
/// <param name="Baseline">For a category, the level without an indicator; null for the alphabetically first.</param>
public sealed record CovariateTerm(string Variable, int Lag, string? Baseline = null);
