namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>
/// Where a column may be split: between all neighbouring values when they are few, otherwise between groups of (nearly) equal weight. A
/// value that weighs more than a group has one of its own, and what is left is shared out anew. Rows of weight 0 have no say.
/// </summary>
internal static class ColumnCuts
{
    /// <summary>The cuts, rising; a value belongs to the bin whose number is how many cuts lie below it.</summary>
    /// <param name="column">The values.</param>
    /// <param name="weights">One per row, or empty for all one.</param>
    /// <param name="bins">Most bins, from 2 to 256.</param>
    public static double[] Of(ReadOnlySpan<double> column, ReadOnlySpan<double> weights, int bins)
    {
        if (FewValues(column, weights, bins) is { } few) return [.. few.Zip(few.Skip(1), Between)];

        var (values, counts) = Sorted(column, weights);
        var (cuts, left) = (new List<double>(bins - 1), 0.0);
        for (var i = 0; i < values.Length; i++) left += counts.Length == 0 ? 1 : counts[i];
        var group = 0.0;
        for (var i = 0; i < values.Length - 1 && cuts.Count < bins - 1; i++)
        {
            group += counts.Length == 0 ? 1 : counts[i];
            if (values[i] == values[i + 1] || group * (bins - cuts.Count) < left) continue;
            cuts.Add(Between(values[i], values[i + 1]));
            left -= group;
            group = 0;
        }

        return [.. cuts];
    }

    /// <summary>The number of cuts below a value.</summary>
    public static byte Bin(double value, ReadOnlySpan<double> cuts)
    {
        var (from, length) = (0, cuts.Length);
        while (length > 0)
        {
            var half = (length + 1) / 2;
            // A jump here would be guessed wrong every other time.
            from += half & -(cuts[from + half - 1] < value ? 1 : 0);
            length -= half;
        }

        return (byte)from;
    }

    // Half way, and below the larger also where no number lies between.
    private static double Between(double low, double high)
    {
        var middle = (low / 2) + (high / 2);
        return middle < high && middle >= low ? middle : low;
    }

    private static double[]? FewValues(ReadOnlySpan<double> column, ReadOnlySpan<double> weights, int most)
    {
        var seen = new HashSet<double>();
        for (var i = 0; i < column.Length; i++)
        {
            if (!weights.IsEmpty && weights[i] == 0) continue;
            if (seen.Add(column[i]) && seen.Count > most) return null;
        }

        double[] values = [.. seen];
        Array.Sort(values);
        return values;
    }

    // Of the rows with weight; no weights when they are all alike, as they are in cross-fitting.
    private static (double[] Values, double[] Weights) Sorted(ReadOnlySpan<double> column, ReadOnlySpan<double> weights)
    {
        var values = new double[weights.IsEmpty ? column.Length : weights.Length - weights.Count(0.0)];
        var counts = new double[weights.IsEmpty ? 0 : values.Length];
        if (weights.IsEmpty) column.CopyTo(values);
        for (int i = 0, kept = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0) (values[kept], counts[kept++]) = (column[i], weights[i]);
        }

        if (counts.Length > 0 && counts.AsSpan().ContainsAnyExcept(counts[0]))
        {
            Array.Sort(values, counts);
            return (values, counts);
        }

        RadixSort.Sort(values);
        return (values, []);
    }
}
