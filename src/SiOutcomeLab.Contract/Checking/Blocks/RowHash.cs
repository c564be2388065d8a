using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// The canonical hash of a file's rows: a function of the columns' names, types and values in row order, whatever the file's encodings,
/// codecs, pages, row groups and order of columns. Version 1, all numbers little-endian:
/// <list type="bullet">
/// <item>A column's rows are cut into blocks of 65 536. Each block is: rows (u32), nulls (u32); when there are nulls, one bit a row from the
/// lowest of the first byte, 1 for a value; then the values.</item>
/// <item>Numbers: every row in the physical type's own width, null rows as zero bytes; a boolean is one byte.</item>
/// <item>Texts: how many distinct ones (u32), each in the order of first use as length (u32) and bytes; then one u16 a row, its place among
/// them, null rows as 0.</item>
/// <item>The column's hash is SHA-256 of its blocks. The file's hash is SHA-256 of <c>silab rows 1\n</c>, the rows (u64), and, by ordinal
/// order of the names, for each column: the name's length in bytes (u32), the name, the physical type (u8, as in Parquet), the column's
/// hash.</item>
/// </list>
/// </summary>
internal sealed class RowHash : IDisposable
{
    private readonly List<ColumnHash> _columns = [];

    /// <summary>Adds a column.</summary>
    public ColumnHash Add(string name, ParquetPhysicalType type)
    {
        var column = new ColumnHash(name, type);
        _columns.Add(column);
        return column;
    }

    /// <summary>The hash after the last block: 64 lower-case hexadecimal digits.</summary>
    public string Finish(long rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("silab rows 1\n"u8);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, rows);
        hash.AppendData(number);
        foreach (var column in _columns.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            var name = Encoding.UTF8.GetBytes(column.Name);
            BinaryPrimitives.WriteInt32LittleEndian(number, name.Length);
            hash.AppendData(number[..sizeof(int)]);
            hash.AppendData(name);
            number[0] = (byte)column.Type;
            hash.AppendData(number[..1]);
            hash.AppendData(column.Finish());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        foreach (var column in _columns) column.Dispose();
    }
}

/// <summary>One column's part of a <see cref="RowHash"/>. One thread at a time.</summary>
internal sealed class ColumnHash(string name, ParquetPhysicalType type) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _number = new byte[2 * sizeof(int)];
    private byte[] _bytes = [];

    public string Name => name;

    public ParquetPhysicalType Type => type;

    /// <summary>Takes the next block.</summary>
    public void Add(ColumnBlock block)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_number, block.Rows);
        BinaryPrimitives.WriteInt32LittleEndian(_number.AsSpan(sizeof(int)), block.Nulls);
        _hash.AppendData(_number);
        if (block.Nulls > 0) AddPresence(block.Present);
        switch (block)
        {
            case NumberBlock<bool> numbers: _hash.AppendData(MemoryMarshal.AsBytes(numbers.Values)); break;
            case NumberBlock<int> numbers: _hash.AppendData(MemoryMarshal.AsBytes(numbers.Values)); break;
            case NumberBlock<long> numbers: _hash.AppendData(MemoryMarshal.AsBytes(numbers.Values)); break;
            case NumberBlock<float> numbers: _hash.AppendData(MemoryMarshal.AsBytes(numbers.Values)); break;
            case NumberBlock<double> numbers: _hash.AppendData(MemoryMarshal.AsBytes(numbers.Values)); break;
            case TextBlock texts: AddTexts(texts); break;
            default: throw new NotSupportedException($"Blocks of {block.GetType().Name} have no canonical form.");
        }
    }

    public byte[] Finish() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();

    private void AddPresence(ReadOnlySpan<bool> present)
    {
        var bits = Room((present.Length + 7) / 8);
        var flags = MemoryMarshal.Cast<bool, byte>(present);
        var whole = present.Length / 8;
        for (var i = 0; i < whole; i++)
        {
            // Eight bytes of 0 or 1 become eight bits, the first byte's lowest: bit 8k moves to bit 56 + k, and no two meet.
            bits[i] = (byte)((BinaryPrimitives.ReadUInt64LittleEndian(flags[(8 * i)..]) * 0x0102040810204080UL) >> 56);
        }

        if (whole < bits.Length) bits[whole] = 0;
        for (var row = whole * 8; row < present.Length; row++) bits[whole] |= (byte)(flags[row] << (row & 7));
        _hash.AppendData(bits);
    }

    private void AddTexts(TextBlock texts)
    {
        var bytes = Room(sizeof(int) + (texts.EntryCount * sizeof(int)) + texts.EntryBytes.Length + (texts.Rows * sizeof(ushort)));
        BinaryPrimitives.WriteInt32LittleEndian(bytes, texts.EntryCount);
        var at = sizeof(int);
        for (var code = 0; code < texts.EntryCount; code++)
        {
            var entry = texts.Entry(code);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[at..], entry.Length);
            entry.CopyTo(bytes[(at + sizeof(int))..]);
            at += sizeof(int) + entry.Length;
        }

        foreach (var code in texts.Codes)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[at..], (ushort)Math.Max(0, code));
            at += sizeof(ushort);
        }

        _hash.AppendData(bytes);
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length < length) _bytes = new byte[Math.Max(length, 2 * _bytes.Length)];
        return _bytes.AsSpan(0, length);
    }
}
