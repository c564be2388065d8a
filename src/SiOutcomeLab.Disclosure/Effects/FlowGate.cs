using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Effects;

/// <summary>
/// The sample flow as it may be shown. Two steps that differ by too few persons would give those persons away, so steps merge until
/// no difference is too small; the last step, which the estimate itself shows, always stays.
/// </summary>
internal static class FlowGate
{
    public static IReadOnlyList<ReleasedFlowStep> Release(IReadOnlyList<FlowStep> flow, DisclosurePolicy policy) =>
        [.. Kept(flow, policy).Select(s => new ReleasedFlowStep(s.Step, policy.Count(s.Treated), policy.Count(s.Comparison)))];

    /// <summary>The steps that are shown, at full precision: for what stands beside them.</summary>
    public static IReadOnlyList<FlowStep> Kept(IReadOnlyList<FlowStep> flow, DisclosurePolicy policy)
    {
        var kept = new List<FlowStep>();
        for (var i = 0; i < flow.Count; i++)
        {
            var isLast = i == flow.Count - 1;
            while (isLast && kept.Count > 0 && !AllowedBeside(kept[^1], flow[i], policy)) kept.RemoveAt(kept.Count - 1);
            if (isLast || kept.Count == 0 || AllowedBeside(kept[^1], flow[i], policy)) kept.Add(flow[i]);
        }

        return kept;
    }

    private static bool AllowedBeside(FlowStep before, FlowStep after, DisclosurePolicy policy) =>
        policy.AllowsDifference(before.Treated - after.Treated) && policy.AllowsDifference(before.Comparison - after.Comparison);
}
