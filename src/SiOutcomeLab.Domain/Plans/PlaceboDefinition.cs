using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Domain.Plans;

/// <summary>
/// A lag of a measure that is held out of the models and compared as if it were an outcome: before the start the intervention can have
/// changed nothing.
/// </summary>
/// <param name="Measure">The measure.</param>
/// <param name="Lag">Periods before event time 0; at least 1, and not among the plan's covariates.</param>
/// <param name="LargestTolerable">The difference, in the measure's unit, beyond which no estimate is given; positive. Below it a
/// significant difference shades confidence only.</param>
public sealed record PlaceboDefinition(MeasureCode Measure, int Lag, double LargestTolerable);
