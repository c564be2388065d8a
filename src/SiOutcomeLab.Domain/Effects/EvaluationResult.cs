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
    Lineage Lineage);

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
