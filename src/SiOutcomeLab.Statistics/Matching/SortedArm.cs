namespace SiOutcomeLab.Statistics.Matching;

/// <summary>One arm laid out by stratum, then measure, then order key.</summary>
internal sealed class SortedArm
{
    private SortedArm(int[] rows, double[] measures, int[] starts)
    {
        Rows = rows;
        Measures = measures;
        Starts = starts;
    }

    /// <summary>Row number at each position.</summary>
    public int[] Rows { get; }

    public double[] Measures { get; }

    /// <summary>First position of each stratum, and the number of positions at the end.</summary>
    public int[] Starts { get; }

    public static SortedArm From(
        ReadOnlySpan<double> measure, ReadOnlySpan<long> orderKey, ReadOnlySpan<int> rows, int[] strata, int stratumCount)
    {
        var (sorted, starts) = ByStratum(rows, strata, stratumCount);
        var measures = new double[sorted.Length];
        for (var p = 0; p < sorted.Length; p++) measures[p] = measure[sorted[p]];
        for (var s = 0; s < stratumCount; s++)
        {
            var (from, length) = (starts[s], starts[s + 1] - starts[s]);
            BucketOrder.Sort(measures.AsSpan(from, length), sorted.AsSpan(from, length));
            SortTies(measures.AsSpan(from, length), sorted.AsSpan(from, length), orderKey);
        }

        return new SortedArm(sorted, measures, starts);
    }

    /// <summary>For each position of another arm: the first position here that does not come before it in its stratum.</summary>
    public int[] InsertionPoints(SortedArm other, ReadOnlySpan<long> orderKey)
    {
        var points = new int[other.Rows.Length];
        for (var s = 0; s + 1 < Starts.Length; s++)
        {
            var at = Starts[s];
            for (var p = other.Starts[s]; p < other.Starts[s + 1]; p++)
            {
                var value = other.Measures[p];
                while (at < Starts[s + 1] && (Measures[at] < value
                    || (Measures[at] == value && orderKey[Rows[at]] < orderKey[other.Rows[p]])))
                {
                    at++;
                }

                points[p] = at;
            }
        }

        return points;
    }

    private static (int[] Rows, int[] Starts) ByStratum(ReadOnlySpan<int> rows, int[] strata, int count)
    {
        if (strata.Length == 0) return (rows.ToArray(), [0, rows.Length]);

        var starts = new int[count + 1];
        foreach (var row in rows) starts[strata[row] + 1]++;
        for (var s = 0; s < count; s++) starts[s + 1] += starts[s];
        var next = starts.AsSpan(0, count).ToArray();
        var sorted = new int[rows.Length];
        foreach (var row in rows) sorted[next[strata[row]]++] = row;
        return (sorted, starts);
    }

    private static void SortTies(ReadOnlySpan<double> measures, Span<int> rows, ReadOnlySpan<long> orderKey)
    {
        for (var first = 0; first < rows.Length;)
        {
            var last = first + 1;
            while (last < rows.Length && measures[last] == measures[first]) last++;
            if (last - first > 1)
            {
                var keys = new long[last - first];
                for (var p = first; p < last; p++) keys[p - first] = orderKey[rows[p]];
                keys.AsSpan().Sort(rows[first..last]);
            }

            first = last;
        }
    }
}
