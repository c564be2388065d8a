namespace SiOutcomeLab.Domain.Plans;

/// <summary>Where a registered plan version stands. Told from its looks and runs, and kept nowhere.</summary>
public enum PlanState
{
    /// <summary>Locked; nothing has been run.</summary>
    Registered = 1,

    /// <summary>A run has been queued; no look has a result.</summary>
    Running = 2,

    /// <summary>A look before the final one has a result.</summary>
    Interim = 3,

    /// <summary>The final look has a result.</summary>
    Final = 4,

    /// <summary>The plan runs no more; what was published stays.</summary>
    Closed = 5,

    /// <summary>A later version stands in its place.</summary>
    Replaced = 6,
}

/// <summary>A registered plan version and where it stands.</summary>
/// <param name="Registered">The plan.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Closing">Why and when the plan was closed; null unless it is.</param>
public sealed record PlanStanding(RegisteredPlan Registered, PlanState State, PlanClosing? Closing);

/// <summary>That a plan runs no more.</summary>
/// <param name="Reason">Why.</param>
/// <param name="ClosedBy">The subject who closed it.</param>
/// <param name="ClosedAt">When (UTC).</param>
public sealed record PlanClosing(string Reason, string ClosedBy, DateTimeOffset ClosedAt);
