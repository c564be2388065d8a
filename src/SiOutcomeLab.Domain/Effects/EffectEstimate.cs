using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Domain.Effects;

/// <summary>Whether an estimate is the plan's headline or stands beside it.</summary>
public enum EstimateRole
{
    /// <summary>The headline.</summary>
    Headline = 1,

    /// <summary>A sensitivity estimate: another estimator, or another pool of comparison persons.</summary>
    Sensitivity = 2,

    /// <summary>Another outcome of the plan.</summary>
    Secondary = 3,

    /// <summary>An outcome that the intervention cannot change.</summary>
    NegativeControl = 4,

    /// <summary>The headline's outcome in a subgroup.</summary>
    Subgroup = 5,
}

/// <summary>The effect of an intervention on a measure, by one estimator: an estimate, or the reason why there is none.</summary>
/// <param name="Role">Headline or sensitivity.</param>
/// <param name="Estimator">How it was estimated.</param>
/// <param name="Outcome">The measure, horizon and summary.</param>
/// <param name="Estimate">The estimate; null exactly when <paramref name="NotEstimable"/> is set.</param>
/// <param name="NotEstimable">Why there is none; null exactly when <paramref name="Estimate"/> is set.</param>
/// <param name="Diagnostics">Balance and overlap of the groups this estimator compared; null when there were none to compare.</param>
/// <param name="Standing">Verified or indicative; always indicative when not estimable.</param>
public sealed record EffectEstimate(
    EstimateRole Role,
    EstimatorKind Estimator,
    OutcomeDefinition Outcome,
    PointEstimate? Estimate,
    NotEstimable? NotEstimable,
    Diagnostics? Diagnostics,
    Standing Standing)
{
    /// <summary>What tells it apart within its role, e.g. a subgroup or a pool; null where the outcome and estimator do.</summary>
    public string? Label { get; init; }

    /// <summary>For a subgroup, the division it is one of, e.g. <c>sex@1</c>; otherwise null.</summary>
    public string? Division { get; init; }

    /// <summary>Where comparison persons came from, when not from the plan's own pool.</summary>
    public ComparisonPool? Pool { get; init; }

    /// <summary>How strong a hidden difference would have to be; null when not asked.</summary>
    public Robustness? Robustness { get; init; }

    /// <summary>The p-value with the errors of the plan's other outcomes of this role held together; null where there is none.</summary>
    public double? AdjustedPValue { get; init; }
}

/// <summary>How strong a hidden difference between the groups would have to be to explain an effect.</summary>
/// <param name="EValue">VanderWeele and Ding's E-value of the point estimate: the risk ratio that something unmeasured would need with
/// both taking part and the outcome; at least 1.</param>
/// <param name="EValueOfInterval">The same for the interval's end nearest to no effect; 1 when the interval holds it.</param>
/// <param name="RosenbaumGamma">Rosenbaum's Γ: the factor by which two matched persons' odds of taking part may differ before significance
/// is lost; null without matched pairs, or when it is not significant to begin with.</param>
public sealed record Robustness(double EValue, double EValueOfInterval, double? RosenbaumGamma);

/// <summary>An average effect on the treated, in the measure's unit.</summary>
/// <param name="HoldsFor">The group it holds for.</param>
/// <param name="Point">Participants' mean minus their counterfactual mean.</param>
/// <param name="StandardError">Its standard error; positive.</param>
/// <param name="StandardErrorType">How the standard error was made, e.g. <c>M-estimation, clustered on person</c>.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
/// <param name="PValue">Two-sided, of no effect; in [0, 1].</param>
/// <param name="TreatedMean">The participants' mean outcome.</param>
/// <param name="CounterfactualMean">What their mean would have been without the intervention, as estimated.</param>
/// <param name="Treated">Participants used.</param>
/// <param name="Comparison">Comparison persons used.</param>
/// <param name="EffectiveComparison">Kish's effective number of comparison persons.</param>
/// <param name="ShareRetained">Participants used divided by participants in the target group; in (0, 1].</param>
/// <param name="ResidualDegreesOfFreedom">Persons minus parameters, for the disclosure rule.</param>
/// <param name="TreatedEvents">For a yes-or-no outcome, participants with yes; null for other outcomes.</param>
/// <param name="ComparisonEvents">Likewise, comparison persons with yes, unweighted.</param>
public sealed record PointEstimate(
    EstimateGroup HoldsFor,
    double Point,
    double StandardError,
    string StandardErrorType,
    double Low,
    double High,
    double PValue,
    double TreatedMean,
    double CounterfactualMean,
    int Treated,
    int Comparison,
    double EffectiveComparison,
    double ShareRetained,
    int ResidualDegreesOfFreedom,
    int? TreatedEvents,
    int? ComparisonEvents);

/// <summary>The group an estimate holds for.</summary>
public enum EstimateGroup
{
    /// <summary>All participants in the target group with known covariates and outcome.</summary>
    AllTreated = 1,

    /// <summary>The participants who found a match; under 80 % retained, money counts them only.</summary>
    MatchedTreated = 2,

    /// <summary>Those whose taking part was least certain, by overlap weights; money does not count them.</summary>
    Overlap = 3,
}

/// <summary>Why there is no estimate, and what would help.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Detail">More about it, without counts or values of persons; the covariates concerned, for instance. May be empty.</param>
public sealed record NotEstimable(NotEstimableReason Reason, string Detail);

/// <summary>The reasons an effect may be not estimable. Each has its remedy in the sentence bank.</summary>
public enum NotEstimableReason
{
    /// <summary>Fewer participants than the plan's minimum.</summary>
    TooFewParticipants = 1,

    /// <summary>Fewer comparison persons than the plan's minimum.</summary>
    TooFewComparisonPersons = 2,

    /// <summary>No outcome at the horizon has been sent for enough persons.</summary>
    OutcomeNotObserved = 3,

    /// <summary>The groups still differ too much on a covariate after balancing.</summary>
    BalanceGateFailed = 4,

    /// <summary>A covariate, or several together, tells participants from others without error.</summary>
    Separation = 5,

    /// <summary>No weights make the comparison persons look like the participants.</summary>
    NoOverlap = 6,

    /// <summary>Too few participants found a match within the caliper.</summary>
    TooFewMatches = 7,

    /// <summary>The outcome or a covariate does not vary.</summary>
    NoVariation = 8,

    /// <summary>The computation did not converge.</summary>
    DidNotConverge = 9,

    /// <summary>A held-out lag differs between the groups by more than the plan tolerates.</summary>
    PlaceboFailed = 10,

    /// <summary>Earlier plans and looks at the same question have spent its whole error: another look could call nothing.</summary>
    ErrorSpent = 11,
}
