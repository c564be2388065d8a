using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Money;

/// <summary>A line before it has its interval.</summary>
internal sealed record LineDraft(
    MeasureQuantity Quantity,
    int QuantityIndex,
    string UnitCost,
    BudgetItem Item,
    int EventYear,
    ResourceKind Kind,
    bool IsReceipt,
    Provenance Provenance,
    decimal Sek,
    double Coefficient)
{
    /// <summary>
    /// Quantities at their prices, per person-year: the mean over the event years, each counting the same. Not discounted; it is a level,
    /// not a present value.
    /// </summary>
    public static IEnumerable<LineDraft> PerPersonYear(QuantitySet set, IReadOnlyList<IReadOnlyList<UnitPrice>> prices) =>
        from k in Enumerable.Range(0, set.Quantities.Count)
        let quantity = set.Quantities[k]
        from price in prices[k]
        from draft in Cut(quantity, k, price, 1m / set.Years.Count, quantity.EventYear, Provenance.Measured, withReceipt: true)
        select draft;

    /// <summary>
    /// A quantity at a price, times a factor, cut by the price's actors; a transfer also comes to who receives it, when asked.
    /// </summary>
    public static IEnumerable<LineDraft> Cut(
        MeasureQuantity quantity, int index, UnitPrice price, decimal factor, int eventYear, Provenance marks, bool withReceipt)
    {
        var cost = price.Cost;
        var perUnit = price.PerMeasureUnit * factor;
        var (whole, parts) = Amounts(quantity.Mean, perUnit, cost.Split.Parts);
        var provenance = ProvenanceRule.Weakest(marks, quantity.Provenance, price.Provenance);
        for (var i = 0; i < parts.Length; i++)
        {
            var part = cost.Split.Parts[i];
            var coefficient = (double)(perUnit * part.Percent / 100m);
            yield return new LineDraft(
                quantity, index, cost.Code, part.Item, eventYear, cost.Kind, false, provenance, parts[i], coefficient);
        }

        if (withReceipt && cost.Kind == ResourceKind.Transfer)
        {
            yield return new LineDraft(
                quantity, index, cost.Code, BudgetItem.IndividualIncome, eventYear, cost.Kind, true, provenance, -whole, -(double)perUnit);
        }
    }

    /// <summary>What a quantity comes to, and its parts by the split, which add up to it.</summary>
    public static (decimal Whole, decimal[] Parts) Amounts(double mean, decimal perUnit, IReadOnlyList<SplitPart> split)
    {
        var whole = KronaGrid.On(KronaGrid.Of(mean) * perUnit);
        return (whole, KronaGrid.Cut(whole, [.. split.Select(p => p.Percent)]));
    }
}
