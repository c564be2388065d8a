using System.Numerics;
using SiOutcomeLab.Economics.Money;

namespace SiOutcomeLab.Economics.Comparing;

/// <summary>
/// What of the difference between two products comes from which factor: a factor's part is what changing it alone adds, averaged over every
/// order in which the factors could be changed one after another, so that no order is preferred. The parts sum to the difference.
/// Source: Shapley (1953), A value for n-person games, Contributions to the Theory of Games II: 307–317; Shorrocks (2013), Journal of
/// Economic Inequality 11: 99–126, for decompositions.
/// </summary>
internal static class FairShares
{
    public static IReadOnlyList<DriverPart> Of(IReadOnlyList<(PriceDriver Driver, decimal From, decimal To)> factors, decimal difference)
    {
        var parts = new decimal[factors.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            for (var changed = 0; changed < 1 << factors.Count; changed++)
            {
                if ((changed & (1 << i)) != 0) continue;
                var added = Product(factors, changed | (1 << i)) - Product(factors, changed);
                parts[i] += Weight(BitOperations.PopCount((uint)changed), factors.Count) * added;
            }

            parts[i] = KronaGrid.On(parts[i]);
        }

        // What the grid leaves, some 10⁻¹⁰ krona, goes to the largest part.
        var largest = Enumerable.Range(0, parts.Length).MaxBy(i => Math.Abs(parts[i]));
        parts[largest] += difference - parts.Sum();
        return [.. factors.Select((f, i) => new DriverPart(f.Driver, parts[i]))];
    }

    private static decimal Product(IReadOnlyList<(PriceDriver Driver, decimal From, decimal To)> factors, int changed)
    {
        var product = 1m;
        for (var i = 0; i < factors.Count; i++) product *= (changed & (1 << i)) != 0 ? factors[i].To : factors[i].From;
        return product;
    }

    // |S|! (n − |S| − 1)! / n!: the share of orders in which just these come before the factor.
    private static decimal Weight(int before, int count) => Factorial(before) * Factorial(count - before - 1) / Factorial(count);

    private static decimal Factorial(int n) => Enumerable.Range(1, n).Aggregate(1m, (product, i) => product * i);
}
