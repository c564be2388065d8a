using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Changes;
using SiOutcomeLab.Economics.Changes;
using SiOutcomeLab.Economics.Words;
using SiOutcomeLab.Hub.Features.Costs;
using SiOutcomeLab.Hub.Features.Effects;
using Actor = SiOutcomeLab.Protos.Costs.V1.Actor;
using Wire = SiOutcomeLab.Protos.Explanations.V1;

namespace SiOutcomeLab.Hub.Features.Explaining;

/// <summary>What has changed in a saving, on the wire; made from releases alone.</summary>
internal static class KronorChangeMapping
{
    public static Wire.KronorChange ToWire(Released<ReleasedKronorChange> release)
    {
        var c = release.Value;
        var wire = new Wire.KronorChange
        {
            UnitCostSet = c.UnitCostSet,
            FromCosts = c.From?.Name ?? string.Empty,
            ToCosts = c.To?.Name ?? string.Empty,
            FromTerms = c.From is { } from ? CostMapping.TermsOf(from.Terms) : null,
            ToTerms = c.To is { } to ? CostMapping.TermsOf(to.Terms) : null,
            Obstacle = (Wire.KronorObstacle)(c.Obstacle ?? 0),
        };
        wire.Prices.AddRange(c.Prices.Select(ToWire));
        wire.Lines.AddRange(c.Lines.Select(ToWire));
        return wire;
    }

    private static Wire.PriceChange ToWire(PriceChange p)
    {
        var wire = new Wire.PriceChange
        {
            Code = p.Code, NameSv = p.Name.Sv, NameEn = p.Name.En, Measure = p.Measure.Code, Kind = (Wire.PriceRowChange)p.Kind,
        };
        wire.Fields.AddRange(p.Fields.Select(f => (Wire.PriceField)f));
        if (p.From is { } from) wire.FromSek = (double)from;
        if (p.To is { } to) wire.ToSek = (double)to;
        return wire;
    }

    private static Wire.LineChange ToWire(ReleasedLineChange line)
    {
        var wire = new Wire.LineChange { Line = (Wire.SavingLine)line.Line, Together = ToWire(line.Together) };
        wire.ByActor.AddRange(line.ByActor.Select(a => new Wire.ActorDivision
        {
            Actor = (Actor)a.Actor,
            NameSv = ActorWords.Of(a.Actor).Sv,
            NameEn = ActorWords.Of(a.Actor).En,
            Division = ToWire(a.Division),
        }));
        return wire;
    }

    private static Wire.Division ToWire(ReleasedDivision d)
    {
        var wire = new Wire.Division
        {
            Before = EffectMapping.ToWire(d.Before),
            Between = d.Between is { } between ? EffectMapping.ToWire(between) : null,
            After = EffectMapping.ToWire(d.After),
            Obstacle = (Wire.DivisionObstacle)(d.Obstacle ?? 0),
        };
        if (d.Change is { } change) wire.Change = (double)change;
        if (d.OfEffect is { } ofEffect) wire.OfEffect = (double)ofEffect;
        if (d.OfPrices is { } ofPrices) wire.OfPrices = (double)ofPrices;
        return wire;
    }
}
