using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Mapping;
using Wire = SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Hub.Features.Plans;

/// <summary>Where plans stand, their ledgers and drafts, on the wire.</summary>
internal static class PlanLifeMapping
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    // A field of a later version is passed over rather than making the draft unreadable.
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public static Wire.RegisteredPlan ToWire(PlanStanding standing)
    {
        var wire = PlanMapping.ToWire(standing.Registered);
        wire.State = (Wire.PlanState)standing.State;
        if (standing.Closing is { } closing)
        {
            wire.Closing = new Wire.PlanClosing { Reason = closing.Reason, ClosedAt = Timestamp.FromDateTimeOffset(closing.ClosedAt) };
        }

        return wire;
    }

    public static Wire.AlphaLedger ToWire(AlphaLedger ledger)
    {
        var wire = new Wire.AlphaLedger
        {
            Total = ledger.Total,
            SpentByThisVersion = ledger.ByThisVersion,
            SpentByOtherVersions = ledger.ByOtherVersions,
            SpentByOtherPlans = ledger.ByOtherPlans,
            Left = ledger.Left,
        };
        foreach (var (look, planned, spent) in ledger.Looks)
        {
            var row = new Wire.LookLedger
            {
                Number = look.Number,
                DueOn = look.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                IsFinal = look.IsFinal,
                InformationFraction = look.InformationFraction,
                Planned = planned,
            };
            if (spent is { } known) row.Spent = known;
            wire.Looks.Add(row);
        }

        return wire;
    }

    public static Wire.PlanDraft ToWire(PlanDraft draft)
    {
        var plan = PlanOf(draft);
        return new Wire.PlanDraft
        {
            Name = $"drafts/{draft.Id}",
            Plan = plan,
            SavedBy = draft.SavedBy,
            SavedAt = Timestamp.FromDateTimeOffset(draft.SavedAt),
            Problems = { RegistrationDemands.Problems(plan, out _).Select(p => new Wire.FieldProblem { Field = p.Field, Problem = p.Problem }) },
        };
    }

    public static Wire.EvaluationPlan PlanOf(PlanDraft draft) => Parser.Parse<Wire.EvaluationPlan>(draft.Content);

    public static string ContentOf(Wire.EvaluationPlan plan) => Formatter.Format(plan);
}
