namespace SiOutcomeLab.Economics.Money;

/// <summary>
/// The grid that amounts are reckoned on: 10⁻¹⁰ krona. On a grid, sums are exact and do not depend on the order of what is summed, and
/// parts that were cut from a whole add up to it to the last digit. Rounding for readers is another thing: <see cref="LargestRemainder"/>.
/// </summary>
internal static class KronaGrid
{
    private const int Decimals = 10;

    // Beyond this a decimal cannot hold ten decimals and still add exactly.
    private const double Largest = 1e17;

    public static decimal On(decimal amount) => decimal.Round(amount, Decimals, MidpointRounding.ToEven);

    /// <summary>
    /// A statistical figure as a decimal; a conversion keeps some 15 significant digits, far more than any standard error leaves.
    /// </summary>
    public static decimal Of(double figure)
    {
        if (!double.IsFinite(figure) || Math.Abs(figure) > Largest)
        {
            throw new ArgumentOutOfRangeException(nameof(figure), "A figure must be a finite number below 10^17.");
        }

        return (decimal)figure;
    }

    /// <summary>
    /// Cuts a whole in parts by percentages that sum to 100; the largest part takes what rounding leaves, so that parts sum to the whole.
    /// </summary>
    public static decimal[] Cut(decimal whole, IReadOnlyList<decimal> percentages)
    {
        var parts = new decimal[percentages.Count];
        var largest = 0;
        var rest = whole;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = On(whole * percentages[i] / 100m);
            rest -= parts[i];
            if (percentages[i] > percentages[largest]) largest = i;
        }

        parts[largest] += rest;
        return parts;
    }
}
