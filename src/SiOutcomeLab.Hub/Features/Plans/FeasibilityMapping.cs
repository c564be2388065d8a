using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Feasibility;
using Known = SiOutcomeLab.Domain.Plans;
using Wire = SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Hub.Features.Plans;

/// <summary>Feasibility on the wire, from what has been released and nothing else.</summary>
internal static class FeasibilityMapping
{
    public static Wire.Feasibility ToWire(Released<ReleasedFeasibility> release)
    {
        var f = release.Value;
        return new Wire.Feasibility
        {
            Reference = f.Reference?.ToString() ?? string.Empty,
            Eligible = ToWire(f.EligibleOwn),
            Comparison = ToWire(f.Comparison),
            ShareRetained = ToWire(f.ShareRetained),
            Mean = ToWire(f.Mean),
            StandardDeviation = ToWire(f.StandardDeviation),
            VarianceExplained = ToWire(f.VarianceExplained),
            Participants = f.Participants,
            Figures = f.Figures is { } figures ? ToWire(figures) : null,
            Obstacle = (Wire.FeasibilityObstacle)(f.Obstacle ?? 0),
            RuleVersion = release.RuleVersion,
        };
    }

    private static Wire.PersonNumber ToWire(Cell cell)
    {
        var number = new Wire.PersonNumber();
        if (cell.TryGet(out var value)) number.Value = value;
        return number;
    }

    private static Wire.PowerFigures ToWire(Known.PowerFigures figures) => new()
    {
        RetainedParticipants = figures.RetainedParticipants,
        ComparisonUsed = figures.ComparisonUsed,
        Level = figures.Level,
        PriceOfLooks = figures.PriceOfLooks,
        DetectableAt80 = figures.DetectableAt80,
        DetectableAt90 = figures.DetectableAt90,
        Curve = { figures.Curve.Select(p => new Wire.PowerPoint { Effect = p.Effect, Power = p.Power }) },
        WithMore = { figures.WithMore.Select(m => new Wire.MoreParticipants { More = m.More, DetectableAt80 = m.DetectableAt80 }) },
        ByParticipants = { figures.ByParticipants.Select(p => new Wire.ParticipantsPower { Participants = p.Participants, Power = p.Power }) },
        Worthwhile = figures.Worthwhile is { } w ? ToWire(w) : null,
    };

    private static Wire.WorthwhilePower ToWire(Known.WorthwhilePower worthwhile)
    {
        var wire = new Wire.WorthwhilePower { Effect = worthwhile.Effect, Power = worthwhile.Power };
        if (double.IsFinite(worthwhile.ParticipantsFor80)) wire.ParticipantsFor80 = worthwhile.ParticipantsFor80;
        if (double.IsFinite(worthwhile.ParticipantsFor90)) wire.ParticipantsFor90 = worthwhile.ParticipantsFor90;
        return wire;
    }
}
