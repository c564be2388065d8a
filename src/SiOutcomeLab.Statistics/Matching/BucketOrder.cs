namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// Sorts numbers with what they belong to. Values are dealt once into as many equally wide buckets as there are values, which leaves
/// a handful to sort in each: linear time when values are spread like scores are, and n log n when they are not.
/// </summary>
internal static class BucketOrder
{
    private const int SmallestDealt = 256;

    // A bucket above this is dealt again over its own range before it is sorted plainly.
    private const int LargestInserted = 24;

    /// <summary>Sorts ascending; equal values come in no order.</summary>
    public static void Sort(Span<double> values, Span<int> items)
    {
        var buffers = values.Length < SmallestDealt ? default : new Buffers(values.Length);
        Sort(values, items, buffers, deals: 2);
    }

    private static void Sort(Span<double> values, Span<int> items, Buffers buffers, int deals)
    {
        if (values.Length <= LargestInserted)
        {
            Insert(values, items);
            return;
        }

        if (deals == 0 || values.Length < SmallestDealt || !Deal(values, items, buffers, out var ends))
        {
            values.Sort(items);
            return;
        }

        var start = 0;
        foreach (var end in ends)
        {
            if (end - start > 1) Sort(values[start..end], items[start..end], buffers, deals - 1);
            start = end;
        }
    }

    // False when all values are alike in the eyes of the scale, so that dealing would not part them.
    private static bool Deal(Span<double> values, Span<int> items, Buffers buffers, out int[] ends)
    {
        var n = values.Length;
        ends = [];
        double low = values[0], high = values[0];
        foreach (var value in values)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        var scale = (n - 1) / (high - low);
        if (!double.IsFinite(scale)) return false;

        // (v − low) · scale never decreases in v under rounding, so buckets are in order.
        ends = new int[n];
        for (var i = 0; i < n; i++) ends[(int)((values[i] - low) * scale)]++;
        var sum = 0;
        for (var b = 0; b < n; b++)
        {
            var count = ends[b];
            ends[b] = sum;
            sum += count;
        }

        var dealtValues = buffers.Values.AsSpan(0, n);
        var dealtItems = buffers.Items.AsSpan(0, n);
        for (var i = 0; i < n; i++)
        {
            var at = ends[(int)((values[i] - low) * scale)]++;
            dealtValues[at] = values[i];
            dealtItems[at] = items[i];
        }

        dealtValues.CopyTo(values);
        dealtItems.CopyTo(items);
        return true;
    }

    private static void Insert(Span<double> values, Span<int> items)
    {
        for (var i = 1; i < values.Length; i++)
        {
            var (value, item) = (values[i], items[i]);
            var at = i;
            for (; at > 0 && values[at - 1] > value; at--)
            {
                values[at] = values[at - 1];
                items[at] = items[at - 1];
            }

            values[at] = value;
            items[at] = item;
        }
    }

    private readonly struct Buffers(int length)
    {
        public double[] Values { get; } = new double[length];

        public int[] Items { get; } = new int[length];
    }
}
