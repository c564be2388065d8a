using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Domain.Effects;

/// <summary>Everything a run found, at full precision. Stays inside the hub: readers meet only what the disclosure gate made of it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Plan">The plan it executed.</param>
/// <param name="PlanTiming">Whether the plan was prospective.</param>
/// <param name="Policy">The strictest disclosure policy among the submissions read.</param>
/// <param name="Method">The intervention's method.</param>
/// <param name="Flow">What happened to the numbers, step by step.</param>
/// <param name="Estimates">The headline first, then the sensitivity estimates in the plan's order.</param>
/// <param name="Lineage">What the result rests on.</param>
public sealed record EvaluationResult(
    string RunId,
    EvaluationPlan Plan,
    PlanTiming PlanTiming,
    DataPolicy Policy,
    string Method,
    IReadOnlyList<FlowStep> Flow,
    IReadOnlyList<EffectEstimate> Estimates,
    Lineage Lineage)
{
    /// <summary>The look, and what it spent of the primary outcome's error.</summary>
    public LookBudget? Look { get; init; }

    /// <summary>How the headline stands to that of the look before; null at the first look, and where either is not estimable.</summary>
    public Drift? Drift { get; init; }

    /// <summary>What the negative controls and placebos said; null when the plan names none.</summary>
    public Falsification? Falsification { get; init; }

    /// <summary>What the two groups received beside what the plan evaluates; null without an estimate, and in results from before it was kept.</summary>
    public ReceivedMix? Received { get; init; }

    /// <summary>Who was lost before the primary outcome; null in results from before it was kept.</summary>
    public Attrition? Attrition { get; init; }

    /// <summary>The headline's groups period by period; null without an estimate, and in results from before it was kept.</summary>
    public IReadOnlyList<EventStudyPoint>? EventStudy { get; init; }

    /// <summary>How their scores are spread; null when no propensity model was fitted, and in results from before it was kept.</summary>
    public ScoreSpread? Spread { get; init; }
}

/// <summary>What a look may spend of the primary outcome's error, and what follows for its interval.</summary>
/// <param name="Number">The look, from 1.</param>
/// <param name="IsFinal">True for the plan's last look.</param>
/// <param name="InformationFraction">As planned, in (0, 1].</param>
/// <param name="SpentBefore">What earlier plans and versions of the same question have spent; in [0, 1 − the plan's level].</param>
/// <param name="Spent">What this look spends.</param>
/// <param name="NominalLevel">The level of the interval that is shown: the repeated one, which holds over all looks.</param>
public sealed record LookBudget(int Number, bool IsFinal, double InformationFraction, double SpentBefore, double Spent, double NominalLevel);

/// <summary>How a look's headline stands to the one before.</summary>
/// <param name="EarlierLook">The look before.</param>
/// <param name="EarlierLow">The lower end of its interval.</param>
/// <param name="EarlierHigh">The upper end.</param>
/// <param name="IsAlarm">True when the estimate lies outside of that interval: something other than chance may have changed.</param>
public sealed record Drift(int EarlierLook, double EarlierLow, double EarlierHigh, bool IsAlarm);

/// <summary>What outcomes that the intervention cannot change said of the comparison.</summary>
/// <param name="Tested">How many were estimable.</param>
/// <param name="Significant">How many differ, with their errors held together (Holm) at the plan's level.</param>
/// <param name="LargestPlaceboShare">The largest placebo difference over what the plan tolerates of it; null without placebos.</param>
public sealed record Falsification(int Tested, int Significant, double? LargestPlaceboShare)
{
    /// <summary>True when some differ: confidence in the headline is shaded.</summary>
    public bool IsWarning => Significant > 0;
}

/// <summary>The number of persons left after a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Treated">Participants left.</param>
/// <param name="Comparison">Comparison persons left; who stands in several index periods counts once.</param>
public sealed record FlowStep(FlowStepKind Step, int Treated, int Comparison);

/// <summary>The steps of the sample flow, in order.</summary>
public enum FlowStepKind
{
    /// <summary>Started in the index window, or observed without starting.</summary>
    Observed = 1,

    /// <summary>In the target group just before the index period.</summary>
    InTargetGroup = 2,

    /// <summary>With every covariate known.</summary>
    CovariatesKnown = 3,

    /// <summary>With the outcome observed at the horizon.</summary>
    OutcomeObserved = 4,

    /// <summary>Used by the headline estimate after matching or weighting.</summary>
    Used = 5,
}

/// <summary>What a result rests on: enough to make it again.</summary>
/// <param name="PlanHash">Hash of the plan.</param>
/// <param name="SnapshotHash">Hash of the list of lake objects.</param>
/// <param name="CodeVersion">The version of the code that ran.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Look">The look.</param>
/// <param name="ComputedAt">When (UTC).</param>
public sealed record Lineage(string PlanHash, string SnapshotHash, string CodeVersion, long Seed, int Look, DateTimeOffset ComputedAt);

/// <summary>Whether an estimate may carry money.</summary>
public enum Standing
{
    /// <summary>Prospective plan, final look, gates passed, at least 80 % of participants retained, sensitivity shown.</summary>
    Verified = 1,

    /// <summary>Everything else; pays nothing.</summary>
    Indicative = 2,
}
