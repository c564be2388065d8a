namespace SiOutcomeLab.Parquet;

/// <summary>The decoded dictionary of a byte column chunk: all values end to end, with their bounds.</summary>
internal sealed class BytesDictionary(byte[] data, int[] offsets)
{
    private static int s_lastId;

    public int Id { get; } = Interlocked.Increment(ref s_lastId);

    public int Count => offsets.Length - 1;

    public ReadOnlySpan<byte> this[int code] => data.AsSpan(offsets[code], offsets[code + 1] - offsets[code]);
}
