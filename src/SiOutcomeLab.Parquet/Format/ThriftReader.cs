using System.Text;

namespace SiOutcomeLab.Parquet.Format;

/// <summary>
/// Reads the Thrift compact protocol from bytes that nobody vouches for: every length is held against the bytes that are left
/// before it is believed, nesting is capped, and running out of bytes is <see cref="ParquetErrorCode.Truncated"/>.
/// </summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxDepth = 32;

    /// <summary>Thrift strings in Parquet are names and small metadata; the footer's own cap bounds the rest.</summary>
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _position;

    /// <summary>Reads the next field header of a struct; false at the struct's end.</summary>
    /// <param name="id">The previous field's id of the same struct, 0 before the first; becomes this field's.</param>
    /// <param name="type">The field's type.</param>
    public bool NextField(ref int id, out ThriftType type)
    {
        var header = Byte();
        type = (ThriftType)(header & 0x0F);
        if (header == 0) return false;
        if (type is ThriftType.Stop or > ThriftType.Uuid) throw Invalid("a field of an unknown type");
        var delta = header >> 4;
        id = delta != 0 ? id + delta : (int)ZigZag(maxBytes: 3);
        if (id is <= 0 or > short.MaxValue) throw Invalid("a field number out of range");
        return true;
    }

    public static bool Bool(ThriftType type) => type switch
    {
        ThriftType.True => true,
        ThriftType.False => false,
        _ => throw Invalid("a field of another type than a boolean"),
    };

    public int I8(ThriftType type)
    {
        Expect(type, ThriftType.Byte);
        return (sbyte)Byte();
    }

    public int I16(ThriftType type)
    {
        Expect(type, ThriftType.I16);
        var value = ZigZag(maxBytes: 3);
        return value is >= short.MinValue and <= short.MaxValue ? (int)value : throw Invalid("a 16-bit integer out of range");
    }

    public int I32(ThriftType type)
    {
        Expect(type, ThriftType.I32);
        var value = ZigZag(maxBytes: 5);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Invalid("a 32-bit integer out of range");
    }

    public long I64(ThriftType type)
    {
        Expect(type, ThriftType.I64);
        return ZigZag(maxBytes: 10);
    }

    /// <summary>Reads a string's bytes, which need not be text.</summary>
    public ReadOnlySpan<byte> Bytes(ThriftType type)
    {
        Expect(type, ThriftType.Binary);
        var length = Length("a string");
        var span = _bytes.Slice(_position, length);
        _position += length;
        return span;
    }

    public string Text(ThriftType type)
    {
        var span = Bytes(type);
        try
        {
            return StrictUtf8.GetString(span);
        }
        catch (DecoderFallbackException)
        {
            throw Invalid("a string that is not UTF-8");
        }
    }

    /// <summary>Reads a list header. The count is at most the bytes left, since each element takes at least one.</summary>
    public int List(ThriftType type, ThriftType element)
    {
        Expect(type, ThriftType.List);
        var (count, actual) = ListHeader();
        if (count > 0) Expect(actual, element);
        return count;
    }

    public static void ExpectStruct(ThriftType type) => Expect(type, ThriftType.Struct);

    /// <summary>Skips a field's value, known or not.</summary>
    public void Skip(ThriftType type) => Skip(type, depth: 0);

    private void Skip(ThriftType type, int depth)
    {
        if (depth > MaxDepth) throw Invalid("nesting deeper than 32 levels");
        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                return;
            case ThriftType.Byte:
                Advance(1);
                return;
            case ThriftType.I16 or ThriftType.I32 or ThriftType.I64:
                Varint(maxBytes: 10);
                return;
            case ThriftType.Double:
                Advance(8);
                return;
            case ThriftType.Uuid:
                Advance(16);
                return;
            case ThriftType.Binary:
                Advance(Length("a string"));
                return;
            case ThriftType.List or ThriftType.Set:
                var (count, element) = ListHeader();
                for (var i = 0; i < count; i++) SkipElement(element, depth + 1);
                return;
            case ThriftType.Map:
                SkipMap(depth);
                return;
            case ThriftType.Struct:
                for (var id = 0; NextField(ref id, out var field);) Skip(field, depth + 1);
                return;
            default:
                throw Invalid("a field of an unknown type");
        }
    }

    private void SkipMap(int depth)
    {
        var count = Length("a map");
        if (count == 0) return;
        var types = Byte();
        for (var i = 0; i < count; i++)
        {
            SkipElement((ThriftType)(types >> 4), depth + 1);
            SkipElement((ThriftType)(types & 0x0F), depth + 1);
        }
    }

    /// <summary>Elements of collections spell booleans as a byte of their own; fields carry them in the header.</summary>
    private void SkipElement(ThriftType type, int depth)
    {
        if (type is ThriftType.True or ThriftType.False) Advance(1);
        else Skip(type, depth);
    }

    private (int Count, ThriftType Element) ListHeader()
    {
        var header = Byte();
        var count = header >> 4;
        if (count == 15) count = Length("a list");
        else if (count > _bytes.Length - _position) throw End();
        return (count, (ThriftType)(header & 0x0F));
    }

    private int Length(string what)
    {
        var length = Varint(maxBytes: 5);
        if (length > int.MaxValue) throw Invalid($"{what} of a length out of range");
        return (int)length <= _bytes.Length - _position ? (int)length : throw End();
    }

    private long ZigZag(int maxBytes)
    {
        var raw = Varint(maxBytes);
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    private ulong Varint(int maxBytes)
    {
        ulong value = 0;
        for (var i = 0; i < maxBytes; i++)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80) return value;
        }

        throw Invalid("an integer of too many bytes");
    }

    private byte Byte() => _position < _bytes.Length ? _bytes[_position++] : throw End();

    private void Advance(int count)
    {
        if (count > _bytes.Length - _position) throw End();
        _position += count;
    }

    private static void Expect(ThriftType actual, ThriftType expected)
    {
        if (actual != expected) throw Invalid($"a field of type {actual} where {expected} belongs");
    }

    private static ParquetFormatException End() => new(ParquetErrorCode.Truncated, "The metadata ends inside a value.");

    private static ParquetFormatException Invalid(string what) => new(ParquetErrorCode.InvalidMetadata, $"The metadata holds {what}.");
}
