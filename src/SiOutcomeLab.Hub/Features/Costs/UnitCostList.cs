using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Economics.Comparing;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Protos.Costs.V1;
using UnitCostSet = SiOutcomeLab.Economics.UnitCosts.UnitCostSet;

namespace SiOutcomeLab.Hub.Features.Costs;

/// <summary>The register of unit costs, and two of its sets side by side.</summary>
internal sealed class UnitCostList(CostingTerms terms, CostQuestion question, TimeProvider time)
{
    private const string Kind = "unit-costs";

    public ListUnitCostsResponse List(ListUnitCostsRequest request)
    {
        var size = Page.Size(request.PageSize);
        var after = Page.Key(Kind, request.PageToken);
        var year = question.PriceYear("price_year", request.PriceYear);
        var measure = CostQuestion.Measure("measure", request.Measure);
        var sets = request.Set.Length == 0 ? terms.Register.Sets : [question.Set("set", request.Set)];
        var rows = sets.SelectMany(s => s.Rows)
            .Where(r => measure is null || r.Measure == measure)
            .OrderBy(Key, StringComparer.Ordinal)
            .Where(r => after is null || string.CompareOrdinal(Key(r), after) > 0)
            .Take(size + 1)
            .ToList();
        var (items, hasMore) = Page.Cut(rows, size);
        var index = terms.Register.FindIndex(terms.Index)!;
        return new ListUnitCostsResponse
        {
            UnitCosts = { items.Select(r => UnitCostMapping.ToWire(r, index, year)) },
            NextPageToken = hasMore ? Page.Token(Kind, Key(items[^1])) : string.Empty,
            Sets = { terms.Register.Sets.Select(SetOf) },
            PriceYear = year,
            RegisterHash = terms.Register.ContentHash,
        };
    }

    public CompareUnitCostsResponse Compare(CompareUnitCostsRequest request)
    {
        var (from, to) = (question.Set("from_set", request.FromSet), question.Set("to_set", request.ToSet));
        var year = question.PriceYear("price_year", request.PriceYear);
        var day = SwedishDay.Of(time.GetUtcNow());
        PriceTerms[] both = [.. new[] { from, to }.Select(s => (terms with { PriceYear = year }).PricesOf(s.Code, day))];
        var measures = from.Rows.Concat(to.Rows).Select(r => r.Measure).OfType<MeasureCode>().Distinct().OrderBy(m => m.Code, StringComparer.Ordinal);
        return new CompareUnitCostsResponse
        {
            FromSet = SetOf(from),
            ToSet = SetOf(to),
            Measures = { measures.Select(m => Compare(m, both)) },
            PriceYear = year,
        };
    }

    // A unit of the measure, which nobody has: the same in both sets' kronor.
    private static MeasureComparison Compare(MeasureCode measure, PriceTerms[] both)
    {
        var unit = MeasureCatalogue.Current.TryFind(measure.Code, out var definition) ? definition.Words.Unit.En : string.Empty;
        var one = new QuantitySet(
            [new MeasureQuantity(measure, unit, 1, 1, 0, Economics.Money.Provenance.Measured, Contributors.None)], CovarianceMatrix.WithoutSharedPersons([0]));
        var compared = UnitCostComparison.Of(one, both);
        var prices = both.Select(t => t.For(measure, unit)).ToArray();
        var wire = new MeasureComparison { Measure = measure.Code, MeasureUnit = unit };
        if (PerUnit(prices[0]) is { } from) (wire.FromSek, wire.MarginalFromSek) = from;
        if (PerUnit(prices[1]) is { } to) (wire.ToSek, wire.MarginalToSek) = to;
        wire.Gaps.AddRange(prices.SelectMany(p => p.Match<IReadOnlyList<Economics.UnitCosts.CostGap>>(static _ => [], static gaps => gaps)).Select(UnitCostMapping.ToWire));
        if (compared.Differences.SingleOrDefault() is not { } difference) return wire;
        wire.Parts.AddRange(difference.Parts.Select(UnitCostMapping.ToWire));
        wire.MarginalParts.AddRange(difference.MarginalParts.Select(UnitCostMapping.ToWire));
        wire.PercentOnOtherActors = (double)difference.PercentOnOtherActors;
        return wire;
    }

    private static (double Whole, double Marginal)? PerUnit(Costable<IReadOnlyList<UnitPrice>> priced) => priced.Match<(double, double)?>(
        static prices => ((double)prices.Sum(p => p.PerMeasureUnit), (double)prices.Sum(p => p.PerMeasureUnit * p.Cost.MarginalShare)), static _ => null);

    private Protos.Costs.V1.UnitCostSet SetOf(UnitCostSet set) => UnitCostMapping.ToWire(set, terms.Sets.Contains(set.Code));

    private static string Key(UnitCostRow row) => $"{row.Set}/{row.Code}";
}
