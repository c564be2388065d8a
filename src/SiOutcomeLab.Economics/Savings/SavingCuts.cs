using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;

namespace SiOutcomeLab.Economics.Savings;

/// <summary>The amounts of a saving's three lines. Less of a costly measure is a saving, so every factor turns the sign.</summary>
internal sealed class SavingCuts(QuantitySet set, IReadOnlyList<IReadOnlyList<UnitPrice>> prices, DiscountRate rate)
{
    public IEnumerable<LineDraft> EconomicValue() => Each((quantity, index, price) =>
        LineDraft.Cut(quantity, index, price, -rate.Factor(quantity.EventYear), quantity.EventYear, Provenance.Measured, withReceipt: true));

    public IEnumerable<LineDraft> Marginal() => Each((quantity, index, price) => LineDraft.Cut(
        quantity,
        index,
        price,
        -rate.Factor(quantity.EventYear) * price.Cost.MarginalShare,
        quantity.EventYear,
        price.Cost.SharesProvenance,
        withReceipt: true));

    // A budget is cut later than the need for it goes; the krona is discounted from the year in which it is there.
    public IEnumerable<LineDraft> BudgetReducible(bool within) => Each((quantity, index, price) =>
    {
        var year = quantity.EventYear + price.Cost.CashableLagYears;
        if (year <= set.Years[^1] != within) return [];
        var factor = -rate.Factor(year) * price.Cost.CashableShare;
        return LineDraft.Cut(quantity, index, price, factor, year, price.Cost.SharesProvenance, withReceipt: false);
    });

    private IEnumerable<LineDraft> Each(Func<MeasureQuantity, int, UnitPrice, IEnumerable<LineDraft>> cut) =>
        from index in Enumerable.Range(0, set.Quantities.Count)
        from price in prices[index]
        from draft in cut(set.Quantities[index], index, price)
        select draft;
}
