using System.Text.Json.Serialization;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Disclosure.Effects;

/// <summary>An effect as readers may see it: names and facts of the plan, and numbers that are cells.</summary>
/// <param name="Name">The effect's resource name: <c>effects/{plan}-v{version}-{the run's first eight digits}-{ordinal}</c>.</param>
/// <param name="Plan">The plan (public facts: a plan is registered in the open).</param>
/// <param name="PlanHash">Its hash.</param>
/// <param name="PlanTiming">Prospective or retrospective.</param>
/// <param name="Method">The intervention's method.</param>
/// <param name="RunId">The run.</param>
/// <param name="Role">Headline, or what it stands beside it for.</param>
/// <param name="Estimator">How it was estimated.</param>
/// <param name="Status">Estimated, not estimable or withheld.</param>
/// <param name="Standing">Verified or indicative.</param>
/// <param name="Policy">The policy it was released under.</param>
/// <param name="Estimate">The numbers; null unless estimated.</param>
/// <param name="NotEstimable">Why there is no estimate; null unless not estimable.</param>
/// <param name="WithheldFor">Why an estimate may not be shown; null unless withheld.</param>
/// <param name="Flow">The sample flow.</param>
/// <param name="Diagnostics">Balance and overlap of the groups this estimator compared; null when there were none.</param>
/// <param name="Sentence">The effect in words.</param>
/// <param name="Remedy">What would help; null when estimated.</param>
/// <param name="Lineage">What it rests on.</param>
public sealed record ReleasedEffect(
    string Name,
    EvaluationPlan Plan,
    string PlanHash,
    PlanTiming PlanTiming,
    string Method,
    string RunId,
    EstimateRole Role,
    EstimatorKind Estimator,
    EffectStatus Status,
    Standing Standing,
    DataPolicy Policy,
    ReleasedEstimate? Estimate,
    NotEstimable? NotEstimable,
    SuppressionReason? WithheldFor,
    IReadOnlyList<ReleasedFlowStep> Flow,
    ReleasedDiagnostics? Diagnostics,
    BilingualText Sentence,
    BilingualText? Remedy,
    Lineage Lineage)
{
    /// <summary>The outcome, when it is not the plan's primary one.</summary>
    public OutcomeDefinition? OtherOutcome { get; init; }

    /// <summary>The measure, horizon and summary.</summary>
    [JsonIgnore]
    public OutcomeDefinition Outcome => OtherOutcome ?? Plan.Primary;

    /// <summary>What tells it apart within its role, e.g. a subgroup; null where the outcome and estimator do.</summary>
    public string? Label { get; init; }

    /// <summary>For a subgroup, the division it is one of, e.g. <c>sex@1</c>; null otherwise, and in releases from before it was kept.</summary>
    public string? Division { get; init; }

    /// <summary>Where comparison persons came from, when not from the plan's own pool.</summary>
    public ComparisonPool? Pool { get; init; }

    /// <summary>How strong a hidden difference would have to be; null when not asked or not shown.</summary>
    public ReleasedRobustness? Robustness { get; init; }

    /// <summary>The p-value with the errors of the other outcomes of its role held together; null where there is none.</summary>
    public Cell? AdjustedPValue { get; init; }

    /// <summary>The look; null in releases from before there were looks.</summary>
    public LookBudget? Look { get; init; }

    /// <summary>True when the estimate lies outside of the interval of the look before; null when there is none to compare.</summary>
    public bool? DriftAlarm { get; init; }

    /// <summary>True when outcomes that the intervention cannot change differ; null when the plan names none.</summary>
    public bool? FalsificationWarning { get; init; }

    /// <summary>What the groups received; null but of a headline that is shown.</summary>
    public ReleasedMix? Received { get; init; }

    /// <summary>Who was lost before the outcome; null but of a headline.</summary>
    public ReleasedAttrition? Attrition { get; init; }

    /// <summary>The groups period by period; null but of a headline that is shown.</summary>
    public IReadOnlyList<ReleasedEventPoint>? EventStudy { get; init; }

    /// <summary>How the groups' preference scores are spread; null but of a headline, empty when the groups are too small.</summary>
    public IReadOnlyList<ReleasedScoreBin>? Overlap { get; init; }
}

/// <summary>How strong a hidden difference would have to be; meanings as in <see cref="Domain.Effects.Robustness"/>.</summary>
/// <param name="EValue">Of the point estimate.</param>
/// <param name="EValueOfInterval">Of the interval's nearer end.</param>
/// <param name="RosenbaumGamma">Null without matched pairs.</param>
public sealed record ReleasedRobustness(Cell EValue, Cell EValueOfInterval, Cell? RosenbaumGamma);

/// <summary>What a reader finds.</summary>
public enum EffectStatus
{
    /// <summary>Numbers.</summary>
    Estimated = 1,

    /// <summary>A reason why there is no estimate, and its remedy.</summary>
    NotEstimable = 2,

    /// <summary>An estimate exists and may not be shown: it rests on too few persons.</summary>
    Withheld = 3,
}

/// <summary>The numbers of an estimate; meanings as in <see cref="PointEstimate"/>.</summary>
/// <param name="HoldsFor">The group it holds for.</param>
/// <param name="Point">The effect.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="StandardErrorType">How the standard error was made.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="TreatedMean">The participants' mean.</param>
/// <param name="CounterfactualMean">Their mean without the intervention.</param>
/// <param name="Treated">Participants used.</param>
/// <param name="Comparison">Comparison persons used.</param>
/// <param name="EffectiveComparison">Kish's effective number.</param>
/// <param name="ShareRetained">Participants used over those in the target group.</param>
public sealed record ReleasedEstimate(
    EstimateGroup HoldsFor,
    Cell Point,
    Cell StandardError,
    string StandardErrorType,
    Cell Low,
    Cell High,
    Cell PValue,
    Cell TreatedMean,
    Cell CounterfactualMean,
    Cell Treated,
    Cell Comparison,
    Cell EffectiveComparison,
    Cell ShareRetained);

/// <summary>One or more merged steps of the sample flow.</summary>
/// <param name="Step">The last of the steps merged.</param>
/// <param name="Treated">Participants left.</param>
/// <param name="Comparison">Comparison persons left.</param>
public sealed record ReleasedFlowStep(FlowStepKind Step, Cell Treated, Cell Comparison);

/// <summary>Balance and overlap; meanings as in <see cref="Diagnostics"/>.</summary>
/// <param name="Verdict">Pass, amber or fail.</param>
/// <param name="Failing">Covariates that fail or are amber.</param>
/// <param name="Balance">Per covariate.</param>
/// <param name="LargestSmdBefore">Before balancing.</param>
/// <param name="LargestSmdAfter">After balancing.</param>
/// <param name="OverlapCoefficient">Null when no propensity model was fitted.</param>
/// <param name="EquipoiseShare">Null likewise.</param>
public sealed record ReleasedDiagnostics(
    GateVerdict Verdict,
    IReadOnlyList<string> Failing,
    IReadOnlyList<ReleasedBalance> Balance,
    Cell LargestSmdBefore,
    Cell LargestSmdAfter,
    Cell? OverlapCoefficient,
    Cell? EquipoiseShare);

/// <summary>Balance of one covariate: standardised differences only; group means of a covariate are a table of their own and not released here.</summary>
/// <param name="Covariate">The design column.</param>
/// <param name="SmdBefore">Before balancing.</param>
/// <param name="SmdAfter">After balancing.</param>
public sealed record ReleasedBalance(string Covariate, Cell SmdBefore, Cell SmdAfter);
