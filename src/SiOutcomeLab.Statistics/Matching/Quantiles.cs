namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Quantiles by linear interpolation between order statistics: Hyndman and Fan (1996), definition 7, R's default.</summary>
internal static class Quantiles
{
    /// <summary>The quantiles at 0, 1/parts, … 1.</summary>
    /// <param name="values">At least one value; sorted in place.</param>
    /// <param name="parts">At least 1.</param>
    public static double[] Equal(double[] values, int parts)
    {
        Array.Sort(values);
        var cuts = new double[parts + 1];
        for (var k = 0; k <= parts; k++)
        {
            var index = (values.Length - 1) * (k == parts ? 1 : k * (1.0 / parts));
            var low = Math.Min((int)index, values.Length - 1);
            var share = index - low;
            // The form with equal ends keeps them exact, so that a tied value does not fall on the wrong side of itself.
            cuts[k] = share > 0 && values[low + 1] != values[low] ? ((1 - share) * values[low]) + (share * values[low + 1]) : values[low];
        }

        return cuts;
    }

    /// <summary>In which interval a value lies: k with cuts[k] ≤ value &lt; cuts[k + 1], the outer ones open to their side.</summary>
    public static int Interval(double value, ReadOnlySpan<double> cuts)
    {
        var (low, high) = (0, cuts.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (cuts[middle] <= value) low = middle;
            else high = middle;
        }

        return low;
    }
}
