using System.Text.Json.Serialization;
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
    long Seed)
{
    /// <summary>Looks before the final one, by date; null or empty when there is only the final look.</summary>
    public IReadOnlyList<InterimLook>? InterimLooks { get; init; }

    /// <summary>How the primary outcome's error is spent over the looks; null when there is only the final look.</summary>
    public AlphaSpendingKind? Spending { get; init; }

    /// <summary>When the results are due; null when not stated.</summary>
    public DateOnly? ResultsDueOn { get; init; }

    /// <summary>Other outcomes, in order of importance; reported at the final look with their errors held together.</summary>
    public IReadOnlyList<OutcomeDefinition>? Secondaries { get; init; }

    /// <summary>How the secondaries' errors are held together; null means the false discovery rate.</summary>
    public SecondaryRule? SecondaryRule { get; init; }

    /// <summary>Outcomes that the intervention cannot change: an effect on one tells of confounding.</summary>
    public IReadOnlyList<OutcomeDefinition>? NegativeControls { get; init; }

    /// <summary>Subgroups that are told apart when their numbers suffice.</summary>
    public IReadOnlyList<SubgroupDefinition>? Subgroups { get; init; }

    /// <summary>Held-out lags compared as if they were outcomes.</summary>
    public IReadOnlyList<PlaceboDefinition>? Placebos { get; init; }

    /// <summary>Pools in which the headline is estimated once more, shown beside it.</summary>
    public IReadOnlyList<ComparisonPool>? SensitivityPools { get; init; }

    /// <summary>What becomes of a comparison person who starts later; null means that it stays, as assigned.</summary>
    public LaterStartRule? LaterStart { get; init; }

    /// <summary>True when persons lost to follow-up are made up for by weights; the outcome is then not asked to be observed for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AttritionWeights { get; init; }

    /// <summary>Why a version after the first was made; null for the first.</summary>
    public string? AmendmentReason { get; init; }

    /// <summary>Every look in order, the final one last.</summary>
    [JsonIgnore]
    public IReadOnlyList<PlannedLook> Looks =>
    [
        .. (InterimLooks ?? []).Select((l, i) => new PlannedLook(i + 1, l.DueOn, l.LastIndex, l.InformationFraction, IsFinal: false)),
        new PlannedLook((InterimLooks?.Count ?? 0) + 1, LookDueOn, LastIndex, 1, IsFinal: true),
    ];
}
