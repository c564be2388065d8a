using System.Buffers;

namespace SiOutcomeLab.Parquet;

/// <summary>BYTE_STREAM_SPLIT (parquet-format, Encodings.md): the first bytes of all values, then their second bytes, and so on.</summary>
internal static class StreamSplitter
{
    /// <summary>Appends values.</summary>
    /// <param name="values">Whole values of <paramref name="width"/> bytes, end to end.</param>
    /// <param name="width">Bytes a value.</param>
    /// <param name="output">Where to.</param>
    public static void Encode(ReadOnlySpan<byte> values, int width, ArrayBufferWriter<byte> output)
    {
        if (values.IsEmpty) return;
        var target = output.GetSpan(values.Length)[..values.Length];
        var count = values.Length / width;
        for (var stream = 0; stream < width; stream++)
        {
            var to = target.Slice(stream * count, count);
            for (int i = 0, from = stream; i < to.Length; i++, from += width) to[i] = values[from];
        }

        output.Advance(values.Length);
    }
}
