using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain.Plans;

/// <summary>What a run will estimate, fixed before outcomes are looked at. Registered means locked by <see cref="PlanHash"/>.</summary>
/// <param name="Id">The plan's code, unique within the hub: 1–40 characters a–z, 0–9, hyphen.</param>
/// <param name="Version">1 for the first registration; an amendment is a new version.</param>
/// <param name="Organisation">Whose intervention is evaluated.</param>
/// <param name="Project">The project whose data the plan reads.</param>
/// <param name="Intervention">The intervention.</param>
/// <param name="Title">What people call the plan.</param>
/// <param name="PeriodLength">The length of periods it counts in.</param>
/// <param name="FirstIndex">The earliest period in which a participation may start and count.</param>
/// <param name="LastIndex">The latest such period; not before <paramref name="FirstIndex"/>.</param>
/// <param name="TargetGroup">Who may be in the risk set; every condition must hold. Empty means everybody observed.</param>
/// <param name="Primary">The primary outcome.</param>
/// <param name="Covariates">What the groups are balanced on; at least one.</param>
/// <param name="Pool">Where comparison persons come from.</param>
/// <param name="Balancing">How the groups are made comparable.</param>
/// <param name="Estimator">How the headline effect is estimated from them.</param>
/// <param name="Sensitivity">Other estimators shown beside the headline, in order; may be empty.</param>
/// <param name="TieOrder">The order that breaks ties in matching.</param>
/// <param name="MinimumTreated">Fewer participants than this: not estimable; at least 10.</param>
/// <param name="MinimumComparison">Fewer comparison persons than this: not estimable; at least 10.</param>
/// <param name="SmallestWorthwhileEffect">The smallest effect worth the money, in the measure's unit, as a positive size; null when not stated.</param>
/// <param name="ConfidenceLevel">The level of intervals, in (0.5, 1); 0.95 as a rule.</param>
/// <param name="LookDueOn">The first day on which the (final) look may run.</param>
/// <param name="Seed">The seed of anything random in a run.</param>
public sealed record EvaluationPlan(
    string Id,
    int Version,
    OrganisationId Organisation,
    ProjectId Project,
    InterventionCode Intervention,
    BilingualText Title,
    PeriodLength PeriodLength,
    Period FirstIndex,
    Period LastIndex,
    IReadOnlyList<TargetCondition> TargetGroup,
    OutcomeDefinition Primary,
    IReadOnlyList<CovariateTerm> Covariates,
    ComparisonPool Pool,
    BalancingMethod Balancing,
    EstimatorKind Estimator,
    IReadOnlyList<EstimatorKind> Sensitivity,
    TieOrder TieOrder,
    int MinimumTreated,
    int MinimumComparison,
    double? SmallestWorthwhileEffect,
    double ConfidenceLevel,
    DateOnly LookDueOn,
    long Seed);

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

/// <summary>Where comparison persons come from.</summary>
public enum ComparisonPool
{
    /// <summary>The plan's own organisation.</summary>
    OwnOrganisation = 1,

    /// <summary>Every organisation in the project that allows its rows as comparison for others.</summary>
    Project = 2,
}

/// <summary>How an effect is estimated.</summary>
public enum EstimatorKind
{
    /// <summary>Difference of weighted means after entropy balancing.</summary>
    EntropyBalancing = 1,

    /// <summary>Difference of weighted means with inverse-propensity weights for the treated.</summary>
    InversePropensity = 2,

    /// <summary>Augmented inverse-propensity weighting: propensity and outcome model, right when either is.</summary>
    AugmentedInversePropensity = 3,

    /// <summary>Difference of means in the matched sample.</summary>
    Matched = 4,
}

/// <summary>The order that breaks ties between comparison persons at the same distance.</summary>
public enum TieOrder
{
    /// <summary>The order of the pseudonyms: no sender can choose it, and it does not change when files are sorted anew.</summary>
    Pseudonym = 1,

    /// <summary>The order in which persons first appear in the snapshot. For agreement with other software on the same file.</summary>
    AsDelivered = 2,
}
