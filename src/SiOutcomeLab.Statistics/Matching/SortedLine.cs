namespace SiOutcomeLab.Statistics.Matching;

/// <summary>All rows laid out by stratum, then measure, then order key: a row's candidates are its neighbours on this line.</summary>
internal sealed class SortedLine
{
    private SortedLine(int[] rows, double[] measures, bool[] treated, long[] keys, int[] segmentEnds)
    {
        Rows = rows;
        Measures = measures;
        Treated = treated;
        Keys = keys;
        SegmentEnds = segmentEnds;
    }

    /// <summary>Row number at each position.</summary>
    public int[] Rows { get; }

    public double[] Measures { get; }

    public bool[] Treated { get; }

    public long[] Keys { get; }

    public double SmallestMeasure => Measures.Min();

    public double LargestMeasure => Measures.Max();

    /// <summary>For each stratum, the position after its last row.</summary>
    public int[] SegmentEnds { get; }

    public static SortedLine From(
        ReadOnlySpan<double> measure, ReadOnlySpan<bool> treated, ReadOnlySpan<long> orderKey, ReadOnlySpan<int> strata)
    {
        var n = measure.Length;
        var (rows, ends) = Bucket(n, strata);
        var measures = new double[n];
        for (var p = 0; p < n; p++) measures[p] = measure[rows[p]];
        var start = 0;
        foreach (var end in ends)
        {
            Array.Sort(measures, rows, start, end - start);
            SortTies(measures, rows, orderKey, start, end);
            start = end;
        }

        var isTreated = new bool[n];
        var keys = new long[n];
        for (var p = 0; p < n; p++)
        {
            isTreated[p] = treated[rows[p]];
            keys[p] = orderKey[rows[p]];
        }

        return new SortedLine(rows, measures, isTreated, keys, ends);
    }

    private static (int[] Rows, int[] Ends) Bucket(int n, ReadOnlySpan<int> strata)
    {
        var rows = new int[n];
        for (var i = 0; i < n; i++) rows[i] = i;
        if (strata.IsEmpty) return (rows, [n]);

        var codes = strata.ToArray();
        Array.Sort(codes, rows);
        List<int> ends = [];
        for (var p = 1; p < n; p++)
        {
            if (codes[p] != codes[p - 1]) ends.Add(p);
        }

        ends.Add(n);
        return (rows, [.. ends]);
    }

    private static void SortTies(double[] measures, int[] rows, ReadOnlySpan<long> orderKey, int start, int end)
    {
        for (var first = start; first < end;)
        {
            var last = first + 1;
            while (last < end && measures[last] == measures[first]) last++;
            if (last - first > 1)
            {
                var ties = new (long Key, int Row)[last - first];
                for (var p = first; p < last; p++) ties[p - first] = (orderKey[rows[p]], rows[p]);
                Array.Sort(ties);
                for (var p = first; p < last; p++) rows[p] = ties[p - first].Row;
            }

            first = last;
        }
    }
}
