using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Domain.Plans;

/// <summary>A measure at a horizon.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="HorizonPeriods">Periods after event time 0; at least 1.</param>
/// <param name="Summary">How the periods up to the horizon become one number.</param>
public sealed record OutcomeDefinition(MeasureCode Measure, int HorizonPeriods, OutcomeSummary Summary);

/// <summary>How the follow-up periods become one number per person.</summary>
public enum OutcomeSummary
{
    /// <summary>The value in the horizon period alone.</summary>
    AtHorizon = 1,

    /// <summary>The sum over event times 1 to the horizon; every period must be observed.</summary>
    SumToHorizon = 2,
}

/// <summary>How the errors of secondary outcomes are held together.</summary>
public enum SecondaryRule
{
    /// <summary>Benjamini and Hochberg's false discovery rate, over all of them.</summary>
    FalseDiscoveryRate = 1,

    /// <summary>In the plan's order, each at full level, only as long as the ones before it were significant.</summary>
    Hierarchy = 2,
}
