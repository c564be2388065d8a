using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>What a plan version's looks have spent of their question's error, and may spend as the ledger stands.</summary>
public static class AlphaLedgers
{
    /// <summary>The ledger of a plan version.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="entries">Every entry that counts against its question, its own among them.</param>
    public static AlphaLedger Of(EvaluationPlan plan, IReadOnlyList<AlphaEntry> entries)
    {
        var own = entries.Where(e => e.PlanId == plan.Id && e.PlanVersion == plan.Version).ToDictionary(e => e.Look, e => e.Spent);
        var byOtherVersions = entries.Where(e => e.PlanId == plan.Id && e.PlanVersion != plan.Version).Sum(e => e.Spent);
        var byOtherPlans = entries.Where(e => e.PlanId != plan.Id).Sum(e => e.Spent);
        return new AlphaLedger(
            1 - plan.ConfidenceLevel,
            own.Values.Sum(),
            byOtherVersions,
            byOtherPlans,
            [
                .. plan.Looks.Select(l => new LookLedger(
                    l,
                    LookBudgets.For(plan, l.Number, byOtherVersions + byOtherPlans).Spent,
                    own.TryGetValue(l.Number, out var spent) ? spent : null)),
            ]);
    }
}
