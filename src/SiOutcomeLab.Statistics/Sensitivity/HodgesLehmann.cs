namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>
/// Estimand: the additive effect on matched pairs, as an interval of point estimates that a hidden bias of at most Γ allows.
/// Formula: the Hodges–Lehmann estimates that make the signed-rank statistic equal its expectation at p = Γ/(1 + Γ) and at 1 − p. With M
/// Walsh averages (dᵢ + dⱼ)/2, i ≤ j, in order W₍₁₎ ≤ … ≤ W₍M₎ and k = M/(1 + Γ): the lower end is W₍⌊k⌋₊₁₎, or the mean of W₍k₎ and
/// W₍k+1₎ when k is whole; the upper end the same with k = MΓ/(1 + Γ).
/// Arguments: treated minus control outcome per pair, finite. Result: both ends in the outcome's unit; equal at Γ = 1.
/// Not estimable when: there is no pair.
/// Ties, order, seed: none; pairs without a difference stay in.
/// Cost: O(n log n) by counting, never the M averages themselves; the quantiles are exact.
/// Source: Rosenbaum (1993), Journal of the American Statistical Association 88(424), p. 1250–1253.
/// Checked against: base R with all averages in memory (1e-10); rbounds::hlsens steps on a grid of 0.1 and is only near it.
/// </summary>
public static class HodgesLehmann
{
    /// <summary>The interval of estimates.</summary>
    /// <param name="differences">Treated minus control outcome per pair, finite.</param>
    /// <param name="gamma">Γ, at least 1 and finite; 1 for the estimate without bias.</param>
    /// <returns>Lowest and highest estimate, or why there is none.</returns>
    /// <exception cref="ArgumentException">A difference is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Γ is under 1 or not finite.</exception>
    public static Estimable<(double Low, double High)> Bounds(ReadOnlySpan<double> differences, double gamma = 1)
    {
        RosenbaumSignedScore.Guard(gamma);
        RowGuards.Finite(differences, nameof(differences));
        if (differences.IsEmpty)
        {
            return Estimable.Not<(double, double)>(NotEstimableReason.TooFewObservations, "There is no matched pair.");
        }

        var sorted = differences.ToArray();
        Array.Sort(sorted);
        return Estimable.Of((Quantile(sorted, 1 / (1 + gamma)), Quantile(sorted, gamma / (1 + gamma))));
    }

    private static double Quantile(double[] sorted, double share)
    {
        var count = (long)sorted.Length * (sorted.Length + 1) / 2;
        var k = share * count;
        // Γ comes as a decimal number, so a whole k may miss by rounding.
        var below = (long)Math.Floor(k + 1e-9);
        if (Math.Abs(k - below) >= 1e-9) return WalshAverage(sorted, Math.Min(below + 1, count));
        return (WalshAverage(sorted, Math.Max(below, 1)) + WalshAverage(sorted, Math.Min(below + 1, count))) / 2;
    }

    // Bisection over the doubles themselves: at most 64 counts, and the answer is one of the averages, to the last bit.
    private static double WalshAverage(double[] sorted, long rank)
    {
        long low = Ordered(sorted[0]) - 1, high = Ordered(sorted[^1]);
        // The distance of two doubles in this order can need 64 bits without a sign.
        while (unchecked((ulong)(high - low)) > 1)
        {
            var middle = low + (long)(unchecked((ulong)(high - low)) / 2);
            if (CountUpTo(sorted, FromOrdered(middle)) >= rank) high = middle;
            else low = middle;
        }

        return FromOrdered(high);
    }

    private static long CountUpTo(double[] sorted, double limit)
    {
        long count = 0;
        for (int i = 0, j = sorted.Length - 1; i < sorted.Length; i++)
        {
            while (j >= i && (sorted[i] + sorted[j]) / 2 > limit) j--;
            if (j < i) break;
            count += j - i + 1;
        }

        return count;
    }

    // Doubles in their own order as whole numbers, with −0 beside 0.
    private static long Ordered(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static double FromOrdered(long ordered) => BitConverter.Int64BitsToDouble(ordered >= 0 ? ordered : long.MinValue - ordered);
}
