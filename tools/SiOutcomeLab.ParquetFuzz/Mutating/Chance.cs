namespace SiOutcomeLab.ParquetFuzz.Mutating;

/// <summary>Choices that find faults: the edges of integers rather than any integer.</summary>
internal static class Chance
{
    private static readonly long[] Edges =
    [
        0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 1000, 4095, 4096, 65535, 65536, 1 << 20, 1 << 24,
        1 << 28, (1 << 30) - 1, 1 << 30, int.MaxValue - 1, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40,
        long.MaxValue - 1, long.MaxValue,
        -1, -2, -8, -128, -32768, int.MinValue, int.MinValue + 1, long.MinValue, long.MinValue + 1,
    ];

    public static T Of<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>Another integer in place of one.</summary>
    public static long Number(Random random, long original) => random.Next(6) switch
    {
        0 => original + 1,
        1 => original - 1,
        2 => original ^ (1L << random.Next(34)),
        3 => unchecked(original * random.Next(2, 20)),
        _ => Of(random, Edges),
    };

    /// <summary>Changes bytes: flips, edges over four or eight of them, insertions, removals, repetitions.</summary>
    public static byte[] Damage(Random random, byte[] bytes)
    {
        var changed = bytes.ToList();
        for (var hits = random.Next(3) == 0 ? random.Next(1, 8) : 1; hits > 0; hits--)
        {
            // The beginning of a page holds its widths, counts and lengths.
            var at = random.Next(2) == 0 ? random.Next(Math.Min(changed.Count + 1, 12)) : random.Next(changed.Count + 1);
            switch (random.Next(8))
            {
                case 0 when at < changed.Count:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < changed.Count:
                    changed[at] = (byte)Number(random, changed[at]);
                    break;
                case 2:
                    Overwrite(changed, at, Number(random, 0), random.Next(2) == 0 ? 4 : 8);
                    break;
                case 3:
                    changed.InsertRange(at, Enumerable.Range(0, random.Next(1, 12)).Select(_ => (byte)random.Next(256)));
                    break;
                case 4 when at < changed.Count:
                    changed.RemoveRange(at, Math.Min(changed.Count - at, random.Next(1, 12)));
                    break;
                case 5:
                    // A run header or length of many bytes.
                    changed.InsertRange(at, Making.Varint.Of((ulong)Number(random, 0)));
                    break;
                case 6 when at < changed.Count:
                    var length = Math.Min(changed.Count - at, random.Next(1, 64));
                    changed.InsertRange(random.Next(changed.Count + 1), changed.GetRange(at, length));
                    break;
                case 7 when at < changed.Count:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
            }
        }

        return [.. changed];
    }

    private static void Overwrite(List<byte> bytes, int at, long value, int width)
    {
        for (var i = 0; i < width && at + i < bytes.Count; i++) bytes[at + i] = (byte)(value >> (8 * i));
    }
}
