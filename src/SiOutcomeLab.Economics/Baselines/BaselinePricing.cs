using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Baselines;

/// <summary>What the two kinds of baseline have in common: the arithmetic, and nothing that a caller could mix them through.</summary>
internal static class BaselinePricing
{
    public static Costable<(IReadOnlyList<UnitPrice> Prices, MoneyTable Table)> Price(BaselineScope scope, QuantitySet set, PriceTerms terms, double level)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (set.Years.Count != scope.HorizonYears || set.Years[^1] != scope.HorizonYears)
        {
            throw new ArgumentException($"A baseline over {scope.HorizonYears} years needs every measure in each of the event years 1 to {scope.HorizonYears}.", nameof(set));
        }

        return terms.For(set.Quantities).Map<(IReadOnlyList<UnitPrice> Prices, MoneyTable Table)>(
            prices => (Distinct(prices), new MoneyTable(Drafts(set, prices), set, level)));
    }

    // Per person-year: the mean over the event years, each year counting the same. Not discounted; it is a level, not a present value.
    private static IEnumerable<LineDraft> Drafts(QuantitySet set, IReadOnlyList<IReadOnlyList<UnitPrice>> prices)
    {
        var years = set.Years.Count;
        for (var k = 0; k < set.Quantities.Count; k++)
        {
            foreach (var price in prices[k])
            {
                foreach (var draft in LineDraft.Cut(set.Quantities[k], k, price, 1m / years, set.Quantities[k].EventYear, Provenance.Measured, withReceipt: true))
                {
                    yield return draft;
                }
            }
        }
    }

    private static List<UnitPrice> Distinct(IReadOnlyList<IReadOnlyList<UnitPrice>> prices) =>
        [.. prices.SelectMany(p => p).DistinctBy(p => p.Cost.Code).OrderBy(p => p.Cost.Code, StringComparer.Ordinal)];
}
