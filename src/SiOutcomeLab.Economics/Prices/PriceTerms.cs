using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Prices;

/// <summary>With which unit costs, in which year's prices and on which day something is priced.</summary>
public sealed class PriceTerms
{
    private readonly UnitCostSet _set;
    private readonly PriceIndex _index;
    private readonly int _priceYear;
    private readonly DateOnly _usedOn;
    private readonly IReadOnlyDictionary<MeasureCode, IReadOnlyList<string>> _choice;

    /// <summary>Makes terms.</summary>
    /// <param name="set">The unit costs.</param>
    /// <param name="index">The index that moves them to one price level.</param>
    /// <param name="priceYear">The price level.</param>
    /// <param name="usedOn">The day of use, which must lie within each unit cost's validity.</param>
    /// <param name="choice">
    /// The unit costs to take per measure, all of them added; without an entry a measure takes its one unit cost, and is refused when there
    /// are several.
    /// </param>
    public PriceTerms(
        UnitCostSet set,
        PriceIndex index,
        int priceYear,
        DateOnly usedOn,
        IReadOnlyDictionary<MeasureCode, IReadOnlyList<string>>? choice = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(index);
        (_set, _index, _priceYear, _usedOn) = (set, index, priceYear, usedOn);
        _choice = choice ?? new Dictionary<MeasureCode, IReadOnlyList<string>>();
    }

    /// <summary>The set's code.</summary>
    public string Set => _set.Code;

    /// <summary>The price level.</summary>
    public PriceLevel Level => new(_priceYear, _index.Code, _index.Name);

    /// <summary>The day of use.</summary>
    public DateOnly UsedOn => _usedOn;

    /// <summary>The prices of a measure, or what is missing.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="unit">The unit that its quantity is in, as the measure catalogue's English word.</param>
    /// <returns>One price, or several when several were chosen; by code.</returns>
    public Costable<IReadOnlyList<UnitPrice>> For(MeasureCode measure, string unit)
    {
        var rows = _set.For(measure).ToList();
        if (_choice.TryGetValue(measure, out var chosen))
        {
            var unknown = chosen.Where(code => rows.TrueForAll(r => r.Code != code)).ToList();
            if (unknown.Count > 0) return Refuse(CostGapKind.UnknownUnitCost, measure, unknown[0], unknown);
            rows.RemoveAll(r => !chosen.Contains(r.Code, StringComparer.Ordinal));
        }
        else
        {
            // Incomplete alternatives do not stand in the way of the one that can be used.
            if (rows.Exists(r => r.Complete is not null)) rows.RemoveAll(r => r.Complete is null);
            if (rows.Count > 1) return Refuse(CostGapKind.SeveralUnitCosts, measure, null, [.. rows.Select(r => r.Code)]);
        }

        if (rows.Count == 0) return Refuse(CostGapKind.NoUnitCost, measure, null, []);
        var gaps = new List<CostGap>();
        var prices = new List<UnitPrice>();
        foreach (var row in rows.OrderBy(r => r.Code, StringComparer.Ordinal))
        {
            if (Gap(row, measure, unit) is { } gap) gaps.Add(gap);
            else prices.Add(new UnitPrice(row.Complete!, _index.Between(row.Complete!.PriceYear, _priceYear)!));
        }

        return gaps.Count > 0 ? new NotCosted<IReadOnlyList<UnitPrice>>(gaps) : new Costed<IReadOnlyList<UnitPrice>>(prices);
    }

    /// <summary>The prices of every quantity, in their order, or everything that is missing.</summary>
    internal Costable<IReadOnlyList<IReadOnlyList<UnitPrice>>> For(IReadOnlyList<MeasureQuantity> quantities)
    {
        var gaps = new List<CostGap>();
        var prices = new List<IReadOnlyList<UnitPrice>>();
        foreach (var quantity in quantities)
        {
            For(quantity.Measure, quantity.Unit).Match(
                found =>
                {
                    prices.Add(found);
                    return true;
                },
                missing =>
                {
                    gaps.AddRange(missing);
                    return false;
                });
        }

        if (gaps.Count == 0) return new Costed<IReadOnlyList<IReadOnlyList<UnitPrice>>>(prices);
        // A measure has a quantity per event year; what it lacks is told once.
        return new NotCosted<IReadOnlyList<IReadOnlyList<UnitPrice>>>([.. gaps.DistinctBy(g => (g.Kind, g.Measure, g.UnitCost))]);
    }

    private NotCosted<IReadOnlyList<UnitPrice>> Refuse(CostGapKind kind, MeasureCode measure, string? code, IReadOnlyList<string> missing) =>
        new([new CostGap(kind, _set.Code, measure, code, missing)]);

    private CostGap? Gap(UnitCostRow row, MeasureCode measure, string unit)
    {
        if (row.Complete is not { } cost) return new CostGap(CostGapKind.Incomplete, _set.Code, measure, row.Code, row.Missing);
        if (cost.MeasureUnit != unit) return new CostGap(CostGapKind.UnitDiffers, _set.Code, measure, row.Code, [cost.MeasureUnit]);
        if (_usedOn < cost.ValidFrom || _usedOn > cost.ValidTo) return new CostGap(CostGapKind.OutsideValidity, _set.Code, measure, row.Code, []);
        var without = _index.Without(cost.PriceYear, _priceYear);
        return without.Count > 0 ? new CostGap(CostGapKind.IndexHasNoYear, _index.Code, measure, row.Code, without) : null;
    }
}
