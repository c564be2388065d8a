using System.Text;

namespace SiOutcomeLab.Parquet.Tests.Compression.Zstd;

/// <summary>Bytes of every texture that compressors take different ways with; seeded, so a frame made once stays good.</summary>
internal static class ZstdSamples
{
    public static string[] Names { get; } = ["empty", "one", "zeros", "noise", "text", "codes", "doubles", "ids", "mixed"];

    public static byte[] Make(string name, int length, int seed = 5)
    {
        var random = new Random(seed);
        switch (name)
        {
            case "empty":
                return [];
            case "one":
                return [42];
            case "zeros":
                return new byte[length];
            case "noise":
                return Noise(random, length);
            case "text":
                var text = new StringBuilder();
                while (text.Length < length)
                {
                    text.Append("kommun ").Append(random.Next(290)).Append(random.Next(2) == 0 ? ", insats " : "; utfall ");
                }

                return Encoding.ASCII.GetBytes(text.ToString(0, length));
            case "codes":
                return [.. Enumerable.Range(0, length).Select(_ => (byte)(random.Next(4) * random.Next(4)))];
            case "doubles":
                return Bytes(length, () => BitConverter.GetBytes(Math.Round(random.NextDouble() * 1000, 2)));
            case "ids":
                var value = 100_000_000_000L;
                return Bytes(length, () => BitConverter.GetBytes(value += random.Next(9)));
            default:
                return [.. Make("text", length / 3), .. Noise(random, length / 3), .. new byte[length / 6], .. Make("ids", length / 6)];
        }
    }

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Bytes(int length, Func<byte[]> next)
    {
        var bytes = new List<byte>(length + 8);
        while (bytes.Count < length) bytes.AddRange(next());
        return [.. bytes.Take(length)];
    }
}
