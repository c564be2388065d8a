using System.Buffers.Binary;
using System.Text.Unicode;

namespace SiOutcomeLab.Parquet;

/// <summary>The decoded dictionary of a byte column chunk: all values end to end, with their bounds.</summary>
internal sealed class BytesDictionary
{
    private static int s_lastId;

    private readonly byte[] _data;
    private readonly int[] _bounds;

    private BytesDictionary(byte[] data, int[] bounds, int width)
    {
        _data = data;
        _bounds = bounds;
        Width = width;
    }

    public int Id { get; } = Interlocked.Increment(ref s_lastId);

    /// <summary>Bytes an entry, or 0 when each has its own length.</summary>
    public int Width { get; }

    /// <summary>The entries end to end.</summary>
    public ReadOnlySpan<byte> Data => _data;

    public int Count => _bounds.Length - 1;

    public ReadOnlySpan<byte> this[int code] => _data.AsSpan(_bounds[code], _bounds[code + 1] - _bounds[code]);

    /// <summary>Decodes a PLAIN dictionary page.</summary>
    /// <param name="page">The page's bytes.</param>
    /// <param name="count">Entries that its header declares.</param>
    /// <param name="width">Bytes an entry, or 0 when each has its length before it.</param>
    /// <param name="isText">Whether entries must be UTF-8.</param>
    public static BytesDictionary Decode(ReadOnlySpan<byte> page, int count, int width, bool isText)
    {
        var needed = (long)count * (width > 0 ? width : sizeof(int));
        if (width > 0 ? needed != page.Length : needed > page.Length) throw Malformed();
        var bounds = new int[count + 1];
        if (width > 0)
        {
            for (var i = 0; i <= count; i++) bounds[i] = i * width;
            return new BytesDictionary(page.ToArray(), bounds, width);
        }

        var data = new byte[page.Length - (int)needed];
        var (from, to) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            if (page.Length - from < sizeof(int)) throw Malformed();
            var length = BinaryPrimitives.ReadUInt32LittleEndian(page[from..]);
            from += sizeof(int);
            if (length > (uint)(page.Length - from) || length > (uint)(data.Length - to)) throw Malformed();
            var value = page.Slice(from, (int)length);
            if (isText && !Utf8.IsValid(value))
            {
                throw new ParquetFormatException(ParquetErrorCode.InvalidUtf8, "A dictionary entry of a text column is not UTF-8.");
            }

            value.CopyTo(data.AsSpan(to));
            from += (int)length;
            to += (int)length;
            bounds[i + 1] = to;
        }

        if (from != page.Length) throw Malformed();
        return new BytesDictionary(data, bounds, 0);
    }

    private static ParquetFormatException Malformed() =>
        new(ParquetErrorCode.InvalidEncodedData, "A dictionary's entries do not fill its page.");
}
