using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Storage.Catalogue;
using Wire = SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Hub.Features.Effects;

/// <summary>Released effects on the wire. The only place where effect messages are made, and only from <see cref="Released{T}"/>.</summary>
internal static class EffectMapping
{
    public static Wire.Effect ToWire(Released<ReleasedEffect> release, DataStanding data)
    {
        var e = release.Value;
        var effect = Named(e);
        var unit = MeasureVocabulary.Of(e.Outcome.Measure).Unit;
        effect.TitleSv = e.Plan.Title.Sv;
        effect.TitleEn = e.Plan.Title.En;
        effect.UnitSv = unit.Sv;
        effect.UnitEn = unit.En;
        effect.Standing = (Wire.Standing)e.Standing;
        effect.Timing = PlanMapping.ToWire(e.PlanTiming);
        effect.SentenceSv = e.Sentence.Sv;
        effect.SentenceEn = e.Sentence.En;
        effect.RuleVersion = release.RuleVersion;
        effect.DataStanding = (Wire.DataStanding)data;
        effect.Lineage = LineageOf(e);
        effect.Flow.AddRange(e.Flow.Select(s => new Wire.FlowStep
        {
            Step = (Wire.FlowStepKind)s.Step,
            Participants = ToWire(s.Treated),
            Comparison = ToWire(s.Comparison),
        }));
        if (e.Diagnostics is { } d) effect.Diagnostics = ToWire(d);
        SetBeside(effect, e);
        switch (e.Status)
        {
            case EffectStatus.Estimated:
                effect.Estimate = ToWire(e.Estimate!, e.Plan.ConfidenceLevel);
                break;
            case EffectStatus.NotEstimable:
                effect.NotEstimable = Refusal(e);
                break;
            default:
                effect.Withheld = new Wire.Withheld
                {
                    Reason = (Wire.Suppression)(e.WithheldFor ?? SuppressionReason.FewPersons),
                    RemedySv = e.Remedy?.Sv ?? string.Empty,
                    RemedyEn = e.Remedy?.En ?? string.Empty,
                };
                break;
        }

        return effect;
    }

    /// <summary>A change: the effect as it stands, or a tombstone that names it and tells nothing that was found.</summary>
    public static Wire.Effect ToWire(EffectChange change, DataStanding data)
    {
        var effect = change.Ending is null ? ToWire(change.Release, data) : Named(change.Release.Value);
        if (change.Ending is { } reason) effect.Tombstone = new Wire.Tombstone { Reason = (Wire.TombstoneReason)reason };
        effect.ChangeTime = Timestamp.FromDateTimeOffset(change.ChangedAt);
        return effect;
    }

    private static Wire.Effect Named(ReleasedEffect e) => new()
    {
        Name = e.Name,
        Plan = e.Plan.Id,
        PlanVersion = e.Plan.Version,
        Organisation = e.Plan.Organisation.Code,
        Intervention = e.Plan.Intervention.Code,
        Method = e.Method,
        Outcome = PlanMapping.ToWire(e.Outcome),
        Role = (Wire.EstimateRole)e.Role,
        Estimator = PlanMapping.ToWire(e.Estimator),
        Label = e.Label ?? string.Empty,
        Division = e.Division ?? string.Empty,
    };

    private static void SetBeside(Wire.Effect effect, ReleasedEffect e)
    {
        effect.Pool = (Protos.Plans.V1.ComparisonPool)(e.Pool ?? 0);
        if (e.AdjustedPValue is { } adjusted) effect.AdjustedPValue = ToWire(adjusted);
        if (e.DriftAlarm is { } drift) effect.DriftAlarm = drift;
        if (e.FalsificationWarning is { } warning) effect.FalsificationWarning = warning;
        if (e.Look is { } look)
        {
            effect.Look = new Wire.Look
            {
                Number = look.Number,
                IsFinal = look.IsFinal,
                InformationFraction = look.InformationFraction,
                NominalLevel = look.NominalLevel,
                Looks = e.Plan.Looks.Count,
            };
        }

        if (e.Received is { } mix) effect.Received = EffectPartsMapping.ToWire(mix);
        effect.EventStudy.AddRange((e.EventStudy ?? []).Select(EffectPartsMapping.ToWire));
        effect.Overlap.AddRange((e.Overlap ?? []).Select(EffectPartsMapping.ToWire));
        if (e.Attrition is { } attrition) effect.Attrition = EffectPartsMapping.ToWire(attrition);

        if (e.Robustness is not { } robustness) return;
        effect.Robustness = new Wire.Robustness { EValue = ToWire(robustness.EValue), EValueOfInterval = ToWire(robustness.EValueOfInterval) };
        if (robustness.RosenbaumGamma is { } gamma) effect.Robustness.RosenbaumGamma = ToWire(gamma);
    }

    private static Wire.NotEstimable Refusal(ReleasedEffect e) => new()
    {
        Reason = UpperSnake(e.NotEstimable!.Reason.ToString()),
        Detail = e.NotEstimable.Detail,
        RemedySv = e.Remedy?.Sv ?? string.Empty,
        RemedyEn = e.Remedy?.En ?? string.Empty,
    };

    public static EffectFilter ToFilter(Wire.EffectFilter? filter)
    {
        if (filter is null) return new EffectFilter(null, null, null, null, null, HeadlineOnly: false);
        if (!System.Enum.IsDefined(filter.Status)) throw HubException.FieldInvalid("filter.status", "must be one of the named statuses.");
        return new EffectFilter(
            NullIfEmpty(filter.Organisation),
            NullIfEmpty(filter.Plan),
            NullIfEmpty(filter.Method),
            NullIfEmpty(filter.Measure),
            filter.Status == Wire.EffectStatus.Unspecified ? null : (EffectStatus)filter.Status,
            filter.HeadlineOnly) { StartedIn = PeriodOf(filter.Period) };
    }

    private static Period? PeriodOf(string text) => text.Length == 0 ? null
        : Period.TryParse(text, out var period) ? period
        : throw HubException.FieldInvalid("filter.period", "must be a year, quarter or month: 2024, 2024-Q3 or 2024-07.");

    private static Wire.Estimate ToWire(ReleasedEstimate e, double level) => new()
    {
        HoldsFor = (Wire.EstimateGroup)e.HoldsFor,
        Point = ToWire(e.Point),
        StandardError = ToWire(e.StandardError),
        StandardErrorType = e.StandardErrorType,
        CiLow = ToWire(e.Low),
        CiHigh = ToWire(e.High),
        ConfidenceLevel = level,
        PValue = ToWire(e.PValue),
        TreatedMean = ToWire(e.TreatedMean),
        CounterfactualMean = ToWire(e.CounterfactualMean),
        Participants = ToWire(e.Treated),
        Comparison = ToWire(e.Comparison),
        EffectiveComparison = ToWire(e.EffectiveComparison),
        ShareRetained = ToWire(e.ShareRetained),
    };

    private static Wire.Diagnostics ToWire(ReleasedDiagnostics d)
    {
        var diagnostics = new Wire.Diagnostics
        {
            Verdict = (Wire.GateVerdict)d.Verdict,
            Failing = { d.Failing },
            LargestSmdBefore = ToWire(d.LargestSmdBefore),
            LargestSmdAfter = ToWire(d.LargestSmdAfter),
        };
        if (d.OverlapCoefficient is { } overlap) diagnostics.OverlapCoefficient = ToWire(overlap);
        if (d.EquipoiseShare is { } equipoise) diagnostics.EquipoiseShare = ToWire(equipoise);
        diagnostics.Balance.AddRange(d.Balance.Select(b => new Wire.CovariateBalance
        {
            Covariate = b.Covariate,
            SmdBefore = ToWire(b.SmdBefore),
            SmdAfter = ToWire(b.SmdAfter),
        }));
        return diagnostics;
    }

    private static Wire.Lineage LineageOf(ReleasedEffect e) => new()
    {
        Run = $"runs/{e.RunId}",
        PlanHash = e.PlanHash,
        SnapshotHash = e.Lineage.SnapshotHash,
        CodeVersion = e.Lineage.CodeVersion,
        Seed = e.Lineage.Seed,
        Look = e.Lineage.Look,
        ComputedAt = Timestamp.FromDateTimeOffset(e.Lineage.ComputedAt),
    };

    internal static Wire.Cell ToWire(Cell cell) => cell.TryGet(out var value)
        ? new Wire.Cell { Value = value }
        : new Wire.Cell { Suppressed = (Wire.Suppression)cell.Suppression!.Value };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    internal static string UpperSnake(string pascal) =>
        string.Concat(pascal.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : char.ToUpperInvariant(c).ToString()));
}
