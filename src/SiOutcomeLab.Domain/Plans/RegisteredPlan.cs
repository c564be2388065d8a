namespace SiOutcomeLab.Domain.Plans;

/// <summary>Whether a plan was fixed before the hub held the outcomes it asks for. Computed by the hub, never claimed.</summary>
public enum PlanTiming
{
    /// <summary>The hub held no outcome of the plan's organisation and measure at the horizon when the plan was registered.</summary>
    Prospective = 1,

    /// <summary>It held some: the plan may have been made with the answer in view.</summary>
    Retrospective = 2,
}

/// <summary>A plan that is locked.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Hash">Its hash at registration.</param>
/// <param name="Timing">Prospective or retrospective.</param>
/// <param name="RegisteredBy">The subject who registered it.</param>
/// <param name="RegisteredAt">When (UTC).</param>
public sealed record RegisteredPlan(EvaluationPlan Plan, string Hash, PlanTiming Timing, string RegisteredBy, DateTimeOffset RegisteredAt);
