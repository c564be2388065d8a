using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Baselines;

/// <summary>What the two kinds of baseline have in common: the arithmetic, and nothing that a caller could mix them through.</summary>
internal static class BaselinePricing
{
    public static Costable<(IReadOnlyList<UnitPrice> Prices, MoneyTable Table)> Price(
        BaselineScope scope, QuantitySet set, PriceTerms terms, double level)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (set.Years.Count != scope.HorizonYears || set.Years[^1] != scope.HorizonYears)
        {
            throw new ArgumentException($"A baseline over {scope.HorizonYears} years needs every measure in every event year from 1 to it.", nameof(set));
        }

        return terms.For(set.Quantities).Map<(IReadOnlyList<UnitPrice> Prices, MoneyTable Table)>(
            prices => (Distinct(prices), new MoneyTable(LineDraft.PerPersonYear(set, prices), set, level)));
    }

    private static List<UnitPrice> Distinct(IReadOnlyList<IReadOnlyList<UnitPrice>> prices) =>
        [.. prices.SelectMany(p => p).DistinctBy(p => p.Cost.Code).OrderBy(p => p.Cost.Code, StringComparer.Ordinal)];
}
