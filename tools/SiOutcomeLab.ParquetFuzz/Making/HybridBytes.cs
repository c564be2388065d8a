namespace SiOutcomeLab.ParquetFuzz.Making;

/// <summary>The RLE / bit-packing hybrid: stretches of equal values as runs, the rest packed in eights.</summary>
internal static class HybridBytes
{
    /// <summary>Encodes values.</summary>
    /// <param name="values">Each fits <paramref name="width"/> bits.</param>
    /// <param name="width">Bits a value, 0 to 32.</param>
    /// <param name="shortest">Shortest stretch that becomes a run; a large number packs everything.</param>
    public static byte[] Encode(IReadOnlyList<uint> values, int width, int shortest = 8)
    {
        var output = new List<byte>();
        var pending = new List<uint>();
        for (var i = 0; i < values.Count;)
        {
            var end = i + 1;
            while (end < values.Count && values[end] == values[i]) end++;
            if (end - i >= shortest && pending.Count % 8 == 0)
            {
                Pack(pending, width, output);
                output.AddRange(Varint.Of((ulong)(end - i) << 1));
                for (var at = 0; at < width; at += 8) output.Add((byte)(values[i] >> at));
                i = end;
            }
            else
            {
                pending.Add(values[i++]);
            }
        }

        Pack(pending, width, output);
        return [.. output];
    }

    private static void Pack(List<uint> pending, int width, List<byte> output)
    {
        if (pending.Count == 0) return;
        while (pending.Count % 8 != 0) pending.Add(0);
        output.AddRange(Varint.Of(((ulong)(pending.Count / 8) << 1) | 1));
        var bits = new BitWriter();
        foreach (var value in pending) bits.Write(value, width);
        output.AddRange(bits.ToArray());
        pending.Clear();
    }
}
