namespace SiOutcomeLab.Domain.Plans;

/// <summary>What the question of a plan, one intervention's effect on one primary measure, has spent of its error, and may yet spend.</summary>
/// <param name="Total">The error the question has in all, both sides together.</param>
/// <param name="ByThisVersion">What this version's looks have spent.</param>
/// <param name="ByOtherVersions">What other versions of the plan have spent.</param>
/// <param name="ByOtherPlans">What other prospective plans of the question have spent; 0 for a retrospective plan.</param>
/// <param name="Looks">By look, in order.</param>
public sealed record AlphaLedger(
    double Total, double ByThisVersion, double ByOtherVersions, double ByOtherPlans, IReadOnlyList<LookLedger> Looks)
{
    /// <summary>What is left.</summary>
    public double Left => Math.Max(0, Total - ByThisVersion - ByOtherVersions - ByOtherPlans);
}

/// <summary>One look's part of the error.</summary>
/// <param name="Look">The look.</param>
/// <param name="Planned">What it may spend as the ledger stands.</param>
/// <param name="Spent">What it has spent; null before it has read an outcome.</param>
public sealed record LookLedger(PlannedLook Look, double Planned, double? Spent);

/// <summary>One look's entry in the ledger of a question.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="PlanVersion">Its version.</param>
/// <param name="Look">The look, from 1.</param>
/// <param name="Spent">What it spent, both sides together.</param>
public sealed record AlphaEntry(string PlanId, int PlanVersion, int Look, double Spent);
