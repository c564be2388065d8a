using System.Buffers;
using System.Text;

namespace SiOutcomeLab.Parquet.Format;

/// <summary>Writes the Thrift compact protocol. Field numbers of a struct must rise.</summary>
internal sealed class ThriftWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Stack<int> _outer = new();
    private int _lastField;

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Clear()
    {
        _buffer.Clear();
        _lastField = 0;
    }

    public void Bool(int field, bool value) => Header(field, value ? ThriftType.True : ThriftType.False);

    public void I8(int field, int value)
    {
        Header(field, ThriftType.Byte);
        Raw((byte)value);
    }

    public void I16(int field, int value)
    {
        Header(field, ThriftType.I16);
        ZigZag(value);
    }

    public void I32(int field, int value)
    {
        Header(field, ThriftType.I32);
        ZigZag(value);
    }

    public void I64(int field, long value)
    {
        Header(field, ThriftType.I64);
        ZigZag(value);
    }

    public void Text(int field, string value)
    {
        Header(field, ThriftType.Binary);
        TextElement(value);
    }

    public void BeginList(int field, ThriftType element, int count)
    {
        Header(field, ThriftType.List);
        if (count < 15)
        {
            Raw((byte)((count << 4) | (int)element));
        }
        else
        {
            Raw((byte)(0xF0 | (int)element));
            Varint((ulong)count);
        }
    }

    public void I32Element(int value) => ZigZag(value);

    public void TextElement(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Varint((ulong)bytes.Length);
        _buffer.Write(bytes);
    }

    /// <summary>Begins a struct that is a field; end it with <see cref="EndStruct"/>.</summary>
    public void BeginStruct(int field)
    {
        Header(field, ThriftType.Struct);
        BeginElement();
    }

    /// <summary>Begins a struct that is an element of a list; end it with <see cref="EndStruct"/>.</summary>
    public void BeginElement()
    {
        _outer.Push(_lastField);
        _lastField = 0;
    }

    public void EndStruct()
    {
        Raw(0);
        _lastField = _outer.Pop();
    }

    /// <summary>Ends the outermost struct.</summary>
    public void End() => Raw(0);

    private void Header(int field, ThriftType type)
    {
        var delta = field - _lastField;
        if (delta is > 0 and < 16)
        {
            Raw((byte)((delta << 4) | (int)type));
        }
        else
        {
            Raw((byte)type);
            ZigZag(field);
        }

        _lastField = field;
    }

    private void ZigZag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Raw((byte)(value | 0x80));
            value >>= 7;
        }

        Raw((byte)value);
    }

    private void Raw(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }
}
