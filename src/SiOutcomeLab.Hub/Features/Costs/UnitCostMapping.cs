using System.Globalization;
using SiOutcomeLab.Economics.Comparing;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.UnitCosts;
using SiOutcomeLab.Economics.Words;
using SiOutcomeLab.Hub.Features.Effects;
using Wire = SiOutcomeLab.Protos.Costs.V1;

namespace SiOutcomeLab.Hub.Features.Costs;

/// <summary>The register on the wire: public facts, all of it.</summary>
internal static class UnitCostMapping
{
    public static Wire.UnitCostSet ToWire(UnitCostSet set, bool isCounted) => new()
    {
        Code = set.Code,
        NameSv = set.Name.Sv,
        NameEn = set.Name.En,
        Publisher = set.Publisher,
        Rows = set.Rows.Count,
        CompleteRows = set.Complete.Count(),
        IsCounted = isCounted,
    };

    /// <summary>A row, with its price where it can carry money at the price level.</summary>
    public static Wire.UnitCost ToWire(UnitCostRow row, PriceIndex index, int priceYear)
    {
        var wire = new Wire.UnitCost
        {
            Set = row.Set,
            Code = row.Code,
            NameSv = row.Name.Sv,
            NameEn = row.Name.En,
            Measure = row.Measure?.Code ?? string.Empty,
            MeasureUnit = row.MeasureUnit ?? string.Empty,
            Unit = row.Unit ?? string.Empty,
            PriceYear = row.PriceYear ?? 0,
            Kind = (Wire.CostKind)(row.Kind ?? 0),
            Grade = (Wire.Grade)(row.Grade ?? 0),
            ValidFrom = Day(row.ValidFrom),
            ValidTo = Day(row.ValidTo),
            Source = row.Source,
            Note = row.Note,
        };
        if (row.Sek is { } sek) wire.PublishedSek = (double)sek;
        if (row.MarginalShare is { } marginal) wire.MarginalShare = (double)marginal;
        if (row.CashableShare is { } cashable) wire.CashableShare = (double)cashable;
        if (row.CashableLagYears is { } lag) wire.CashableLagYears = lag;
        wire.Missing.AddRange(row.Missing);
        if (row.Conversion is { } conversion) wire.Conversion.AddRange(conversion.Steps.Select(ToWire));
        if (row.Split is { } split) wire.Split.AddRange(split.Parts.Select(ToWire));
        if (row.Complete is { } cost && index.Between(cost.PriceYear, priceYear) is { } uprating)
        {
            wire.PerMeasureUnit = (double)new UnitPrice(cost, uprating).PerMeasureUnit;
        }

        return wire;
    }

    public static Wire.PriceUsed ToWire(PriceUsed p)
    {
        var wire = new Wire.PriceUsed
        {
            Set = p.Set,
            Code = p.Code,
            NameSv = p.Name.Sv,
            NameEn = p.Name.En,
            Measure = p.Measure.Code,
            MeasureUnit = p.MeasureUnit,
            PublishedSek = (double)p.Sek,
            Unit = p.Unit,
            PriceYear = p.PriceYear,
            PerMeasureUnit = (double)p.PerMeasureUnit,
            MarginalShare = (double)p.MarginalShare,
            CashableShare = (double)p.CashableShare,
            CashableLagYears = p.CashableLagYears,
            Grade = (Wire.Grade)p.Grade,
            FigureProvenance = (Wire.Provenance)p.FigureProvenance,
            SharesProvenance = (Wire.Provenance)p.SharesProvenance,
            Source = p.Source,
        };
        wire.Conversion.AddRange(p.Conversion.Select(ToWire));
        wire.Split.AddRange(p.Split.Select(ToWire));
        return wire;
    }

    public static Wire.CostGap ToWire(CostGap gap)
    {
        var sentence = GapWords.Say(gap);
        var wire = new Wire.CostGap
        {
            Kind = EffectMapping.UpperSnake(gap.Kind.ToString()),
            Set = gap.Set,
            Measure = gap.Measure.Code,
            UnitCost = gap.UnitCost ?? string.Empty,
            SentenceSv = sentence.Sv,
            SentenceEn = sentence.En,
        };
        wire.Missing.AddRange(gap.Missing);
        return wire;
    }

    public static Wire.DifferencePart ToWire(DriverPart part) => new() { Driver = (Wire.PriceDriver)part.Driver, Sek = (double)part.Sek };

    private static Wire.ConversionStep ToWire(ConversionStep step) => new() { Name = step.Name, Divides = step.Divides, Factor = (double)step.Factor };

    private static Wire.SplitPart ToWire(SplitPart part) =>
        new() { BudgetItem = part.Item.Code, Actor = (Wire.Actor)part.Item.Actor, Percent = (double)part.Percent };

    private static string Day(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture) ?? string.Empty;
}
