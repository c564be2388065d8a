namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>Sorts finite numbers by their bits, eleven at a time from the lowest: linear time, no comparisons to guess wrong.</summary>
internal static class RadixSort
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;
    private const int Passes = 6;

    // Fewer numbers than this are sorted before their digits are counted.
    private const int SmallestDealt = 8_192;

    /// <summary>Sorts rising.</summary>
    public static void Sort(double[] values)
    {
        if (values.Length < SmallestDealt)
        {
            Array.Sort(values);
            return;
        }

        var counts = new int[Passes * Buckets];
        var (from, to) = (new ulong[values.Length], new ulong[values.Length]);
        for (var i = 0; i < from.Length; i++)
        {
            from[i] = Key(values[i]);
            for (var pass = 0; pass < Passes; pass++) counts[(pass * Buckets) + Digit(from[i], pass)]++;
        }

        for (var pass = 0; pass < Passes; pass++)
        {
            var ends = counts.AsSpan(pass * Buckets, Buckets);
            if (ends.Contains(from.Length)) continue;
            var start = 0;
            foreach (ref var end in ends) (end, start) = (start, start + end);
            foreach (var key in from) to[ends[Digit(key, pass)]++] = key;
            (from, to) = (to, from);
        }

        for (var i = 0; i < values.Length; i++) values[i] = Value(from[i]);
    }

    private static int Digit(ulong key, int pass) => (int)(key >> (pass * Bits)) & (Buckets - 1);

    // Unsigned order of the keys is the order of the numbers: negative ones have all bits turned round, others the sign only.
    private static ulong Key(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return (ulong)(bits ^ ((bits >> 63) | long.MinValue));
    }

    private static double Value(ulong key)
    {
        var bits = (long)key;
        return BitConverter.Int64BitsToDouble(bits ^ (~(bits >> 63) | long.MinValue));
    }
}
