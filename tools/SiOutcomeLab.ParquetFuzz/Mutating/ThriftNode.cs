using System.Buffers.Binary;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.ParquetFuzz.Mutating;

/// <summary>
/// A Thrift compact value as a tree that can be changed anywhere and written again, lies included.
/// Parses what the fuzzer's own corpus holds; not for bytes of strangers.
/// </summary>
internal sealed class ThriftNode
{
    public ThriftType Type { get; set; }

    /// <summary>Integers and booleans.</summary>
    public long Number { get; set; }

    /// <summary>Strings.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>Fields of a struct with their numbers, or elements of a list.</summary>
    public List<(int Id, ThriftNode Node)> Children { get; private init; } = [];

    public ThriftType ElementType { get; set; }

    /// <summary>A length or count to write instead of the true one.</summary>
    public ulong? FalseLength { get; set; }

    /// <summary>Bytes that an integer is padded to, as no writer does but the format allows.</summary>
    public int PaddedTo { get; set; }

    public ThriftNode? Field(int id) => Children.Find(child => child.Id == id).Node;

    public static ThriftNode Struct(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        return Parse(bytes, ref length, ThriftType.Struct);
    }

    /// <summary>This node and all below it.</summary>
    public IEnumerable<ThriftNode> All() => Children.SelectMany(child => child.Node.All()).Prepend(this);

    public ThriftNode Copy() => new()
    {
        Type = Type, Number = Number, Bytes = Bytes, ElementType = ElementType, FalseLength = FalseLength, PaddedTo = PaddedTo,
        Children = [.. Children.Select(child => (child.Id, child.Node.Copy()))],
    };

    public byte[] ToArray()
    {
        var output = new List<byte>();
        Write(output);
        return [.. output];
    }

    private static ThriftNode Parse(ReadOnlySpan<byte> bytes, ref int at, ThriftType type)
    {
        var node = new ThriftNode { Type = type };
        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                node.Number = type == ThriftType.True ? 1 : 0;
                break;
            case ThriftType.Byte:
                node.Number = bytes[at++];
                break;
            case ThriftType.I16 or ThriftType.I32 or ThriftType.I64:
                var raw = Varint(bytes, ref at);
                node.Number = (long)(raw >> 1) ^ -(long)(raw & 1);
                break;
            case ThriftType.Double:
                node.Number = BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
                at += 8;
                break;
            case ThriftType.Binary:
                var length = (int)Varint(bytes, ref at);
                node.Bytes = bytes.Slice(at, length).ToArray();
                at += length;
                break;
            case ThriftType.List:
                int header = bytes[at++];
                var count = header >> 4 == 15 ? (int)Varint(bytes, ref at) : header >> 4;
                node.ElementType = (ThriftType)(header & 15);
                for (var i = 0; i < count; i++) node.Children.Add((0, Parse(bytes, ref at, node.ElementType)));
                break;
            default:
                for (var id = 0; bytes[at] != 0;)
                {
                    int field = bytes[at++];
                    id = field >> 4 != 0 ? id + (field >> 4) : (int)(Varint(bytes, ref at) >> 1);
                    node.Children.Add((id, Parse(bytes, ref at, (ThriftType)(field & 15))));
                }

                at++;
                break;
        }

        return node;
    }

    private void Write(List<byte> output)
    {
        switch (Type)
        {
            case ThriftType.True or ThriftType.False:
                break;
            case ThriftType.Byte:
                output.Add((byte)Number);
                break;
            case ThriftType.I16 or ThriftType.I32 or ThriftType.I64:
                Varint((ulong)((Number << 1) ^ (Number >> 63)), output, PaddedTo);
                break;
            case ThriftType.Double:
                for (var i = 0; i < 64; i += 8) output.Add((byte)(Number >> i));
                break;
            case ThriftType.Binary:
                Varint(FalseLength ?? (ulong)Bytes.Length, output, PaddedTo);
                output.AddRange(Bytes);
                break;
            case ThriftType.List:
                var isShort = Children.Count < 15 && FalseLength is null && PaddedTo == 0;
                output.Add((byte)(((isShort ? Children.Count : 15) << 4) | ((int)ElementType & 15)));
                if (!isShort) Varint(FalseLength ?? (ulong)Children.Count, output, PaddedTo);
                foreach (var (_, node) in Children) node.Write(output);
                break;
            default:
                var last = 0;
                foreach (var (id, node) in Children)
                {
                    var isNext = id - last is > 0 and < 16;
                    output.Add((byte)(((isNext ? id - last : 0) << 4) | ((int)node.Type & 15)));
                    if (!isNext) Varint((ulong)(id << 1), output, 0);
                    last = id;
                    node.Write(output);
                }

                output.Add(0);
                break;
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }

    private static void Varint(ulong value, List<byte> output, int paddedTo)
    {
        var start = output.Count;
        for (; value >= 0x80; value >>= 7) output.Add((byte)(value | 0x80));
        output.Add((byte)value);
        while (output.Count - start < paddedTo)
        {
            output[^1] |= 0x80;
            output.Add(0);
        }
    }
}
