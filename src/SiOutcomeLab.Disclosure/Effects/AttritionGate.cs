using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Effects;

/// <summary>
/// Who was lost, as it may be shown: nobody, or enough persons, and beside the steps of the sample flow none that this would tell of too few
/// persons between.
/// </summary>
internal static class AttritionGate
{
    /// <param name="attrition">Who was lost.</param>
    /// <param name="headline">The headline when its numbers are shown; without them there are no bounds.</param>
    /// <param name="flow">The steps of the sample flow that are shown.</param>
    /// <param name="policy">The rules.</param>
    public static ReleasedAttrition Release(Attrition attrition, PointEstimate? headline, IReadOnlyList<FlowStep> flow, DisclosurePolicy policy) => new(
        Arm(attrition.Treated, [.. flow.Select(s => s.Treated)], policy),
        Arm(attrition.Comparison, [.. flow.Select(s => s.Comparison)], policy),
        headline is not null && attrition.Bounds is { } bounds ? Bounds(bounds, headline, policy) : null);

    private static ReleasedArmAttrition Arm(ArmAttrition arm, IReadOnlyList<int> flow, DisclosurePolicy policy)
    {
        if (flow.Any(step => !MayStandBeside(arm.Persons, step, policy) || !MayStandBeside(arm.Persons - arm.Lost, step, policy)))
        {
            var near = Cell.Suppressed(SuppressionReason.Secondary);
            return new ReleasedArmAttrition(near, near, near, []);
        }

        var persons = policy.Count(arm.Persons);
        if (arm.Lost == 0)
        {
            return new ReleasedArmAttrition(persons, Nobody(NumberKind.EffectiveNumber), Nobody(NumberKind.Share), []);
        }

        return policy.RefusesCategories(arm.Lost, arm.Persons - arm.Lost) is { } reason
            ? new ReleasedArmAttrition(persons, Cell.Suppressed(reason), Cell.Suppressed(reason), [])
            : new ReleasedArmAttrition(
                persons, policy.Count(arm.Lost), policy.ShareOf(arm.Lost / (double)arm.Persons, arm.Persons), Reasons(arm.Losses, policy));

        // The flow tells it too: two steps of one number.
        Cell Nobody(NumberKind kind) => persons.IsShown ? policy.Number(kind, 0) : persons;
    }

    private static bool MayStandBeside(int persons, int step, DisclosurePolicy policy) => policy.AllowsDifference(Math.Abs(persons - step));

    // Reasons add up to those lost: what is too small to name is put together with the rarest of the others until it is not.
    private static IReadOnlyList<ReleasedLoss> Reasons(IReadOnlyList<LossCount> losses, DisclosurePolicy policy)
    {
        var named = losses.Where(l => policy.AllowsDifference(l.Persons)).OrderByDescending(l => l.Persons).ThenBy(l => l.Reason).ToList();
        var others = losses.Sum(l => l.Persons) - named.Sum(l => l.Persons);
        while (others > 0 && !policy.AllowsDifference(others))
        {
            others += named[^1].Persons;
            named.RemoveAt(named.Count - 1);
        }

        var shown = named.Select(l => new ReleasedLoss(l.Reason, policy.Count(l.Persons)));
        return others == 0 ? [.. shown] : [.. shown, new ReleasedLoss(null, policy.Count(others))];
    }

    // A mean beside the same mean without a few persons gives these away; of yes-or-no outcomes what is left must have both.
    private static ReleasedBounds Bounds(AttritionBounds bounds, PointEstimate headline, DisclosurePolicy policy)
    {
        var (persons, events) = bounds.TrimsTreated ? (headline.Treated, headline.TreatedEvents) : (headline.Comparison, headline.ComparisonEvents);
        var isShown = policy.AllowsDifference(bounds.Trimmed)
            && (events is not { } yes || policy.RefusesCategories(yes - bounds.Trimmed, persons - yes - bounds.Trimmed) is null);
        return new ReleasedBounds(Number(bounds.Low), Number(bounds.High), Number(bounds.IntervalLow), Number(bounds.IntervalHigh), bounds.Level);

        Cell Number(double value) => isShown ? policy.Number(NumberKind.Measure, value) : Cell.Suppressed(SuppressionReason.Secondary);
    }
}
