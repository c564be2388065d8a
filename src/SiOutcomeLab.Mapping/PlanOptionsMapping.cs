using System.Globalization;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using Wire = SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Mapping;

/// <summary>What a plan may leave out (looks, secondaries, subgroups …) on the wire and back. What is left out is null, never empty.</summary>
internal static class PlanOptionsMapping
{
    public static void Set(Wire.EvaluationPlan wire, EvaluationPlan plan)
    {
        wire.InterimLooks.AddRange((plan.InterimLooks ?? []).Select(l => new Wire.InterimLook
        {
            DueOn = Text(l.DueOn),
            LastIndex = l.LastIndex.ToString(),
            InformationFraction = l.InformationFraction,
        }));
        wire.Spending = (Wire.AlphaSpending)(plan.Spending ?? 0);
        wire.ResultsDueOn = plan.ResultsDueOn is { } due ? Text(due) : string.Empty;
        wire.Secondaries.AddRange((plan.Secondaries ?? []).Select(PlanMapping.ToWire));
        wire.SecondaryRule = (Wire.SecondaryRule)(plan.SecondaryRule ?? 0);
        wire.NegativeControls.AddRange((plan.NegativeControls ?? []).Select(PlanMapping.ToWire));
        wire.Subgroups.AddRange((plan.Subgroups ?? []).Select(ToWire));
        wire.Placebos.AddRange((plan.Placebos ?? []).Select(p => new Wire.PlaceboDefinition
        {
            Measure = p.Measure.Code,
            Lag = p.Lag,
            LargestTolerable = p.LargestTolerable,
        }));
        wire.SensitivityPools.AddRange((plan.SensitivityPools ?? []).Select(p => (Wire.ComparisonPool)p));
        wire.LaterStart = (Wire.LaterStartRule)(plan.LaterStart ?? 0);
        wire.AttritionWeights = plan.AttritionWeights;
        wire.AmendmentReason = plan.AmendmentReason ?? string.Empty;
    }

    /// <summary>What cannot be read, by field.</summary>
    public static IEnumerable<(string Field, string Problem)> Unreadable(Wire.EvaluationPlan wire, PeriodLength length)
    {
        for (var i = 0; i < wire.InterimLooks.Count; i++)
        {
            if (!IsDate(wire.InterimLooks[i].DueOn)) yield return ($"interim_looks[{i}].due_on", "must be a date, YYYY-MM-DD.");
            if (!Period.TryParse(wire.InterimLooks[i].LastIndex, out var last) || last.Length != length)
            {
                yield return ($"interim_looks[{i}].last_index", "must be a period of the same length as first_index.");
            }
        }

        if (wire.ResultsDueOn.Length > 0 && !IsDate(wire.ResultsDueOn)) yield return ("results_due_on", "must be a date, YYYY-MM-DD.");
        if (!Enum.IsDefined(wire.Spending)) yield return ("spending", "must be one of the named forms.");
        if (!Enum.IsDefined(wire.SecondaryRule)) yield return ("secondary_rule", "must be one of the named rules.");
        if (!Enum.IsDefined(wire.LaterStart)) yield return ("later_start", "must be one of the named rules.");
        if (!wire.SensitivityPools.All(PlanMapping.IsNamed)) yield return ("sensitivity_pools", "must be named pools.");
        if (!wire.Secondaries.All(o => PlanMapping.IsNamed(o.Summary))) yield return ("secondaries", "must each name a summary.");
        if (!wire.NegativeControls.All(o => PlanMapping.IsNamed(o.Summary))) yield return ("negative_controls", "must each name a summary.");
    }

    /// <summary>The plan with its options; call when <see cref="Unreadable"/> has found nothing.</summary>
    public static EvaluationPlan Read(EvaluationPlan plan, Wire.EvaluationPlan wire) => plan with
    {
        InterimLooks = OrNull(wire.InterimLooks, l => new InterimLook(Date(l.DueOn), ReadPeriod(l.LastIndex), l.InformationFraction)),
        Spending = wire.Spending == Wire.AlphaSpending.Unspecified ? null : (AlphaSpendingKind)wire.Spending,
        ResultsDueOn = wire.ResultsDueOn.Length == 0 ? null : Date(wire.ResultsDueOn),
        Secondaries = OrNull(wire.Secondaries, PlanMapping.ToDomain),
        SecondaryRule = wire.SecondaryRule == Wire.SecondaryRule.Unspecified ? null : (SecondaryRule)wire.SecondaryRule,
        NegativeControls = OrNull(wire.NegativeControls, PlanMapping.ToDomain),
        Subgroups = OrNull(wire.Subgroups, s => new SubgroupDefinition(s.Variable, s.Lag, s.HasCut ? s.Cut : null)),
        Placebos = OrNull(wire.Placebos, p => new PlaceboDefinition(new MeasureCode(p.Measure), p.Lag, p.LargestTolerable)),
        SensitivityPools = OrNull(wire.SensitivityPools, p => (ComparisonPool)p),
        LaterStart = wire.LaterStart == Wire.LaterStartRule.Unspecified ? null : (LaterStartRule)wire.LaterStart,
        AttritionWeights = wire.AttritionWeights,
        AmendmentReason = wire.AmendmentReason.Length == 0 ? null : wire.AmendmentReason,
    };

    private static Wire.SubgroupDefinition ToWire(SubgroupDefinition subgroup)
    {
        var wire = new Wire.SubgroupDefinition { Variable = subgroup.Variable, Lag = subgroup.Lag };
        if (subgroup.Cut is { } cut) wire.Cut = cut;
        return wire;
    }

    private static T[]? OrNull<TWire, T>(IReadOnlyList<TWire> wire, Func<TWire, T> read) => wire.Count == 0 ? null : [.. wire.Select(read)];

    private static Period ReadPeriod(string text) =>
        Period.TryParse(text, out var period) ? period : throw new FormatException("A period that was checked cannot be read.");

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
