using System.Buffers;
using System.Text;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// Gathers a column of byte values, as codes as long as the dictionary keeps its limit and as values from then on,
/// and writes it the way that takes fewer bytes.
/// </summary>
internal sealed class ByteColumnSource
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ParquetWriterOptions _options;
    private readonly BytesDictionaryBuilder _dictionary;
    private readonly int _rows;
    private readonly bool[] _present;
    private readonly int[] _codes;

    /// <summary>The values after those that have codes, or null while all have.</summary>
    private ByteValues? _plain;
    private byte[] _scratch = new byte[64];
    private int _coded;
    private int _codedRows;

    public ByteColumnSource(ParquetColumnSpec column, ParquetWriterOptions options, int rows)
    {
        Column = column;
        _options = options;
        var useDictionary = options.UseDictionary && column.Encoding == ParquetColumnEncoding.Automatic;
        _dictionary = new BytesDictionaryBuilder(options.MaxDictionaryBytes, column.TypeLength > 0 ? 0 : sizeof(int));
        _rows = rows;
        _present = ArrayPool<bool>.Shared.Rent(rows);
        _codes = useDictionary ? ArrayPool<int>.Shared.Rent(rows) : [];
        _plain = useDictionary ? null : new ByteValues();
    }

    public ParquetColumnSpec Column { get; }

    public int Rows { get; private set; }

    public void AddNull()
    {
        if (!Column.IsOptional) throw new ArgumentException($"Column '{Column.Name}' is not optional, but row {Rows} is null.");
        _present[Rows++] = false;
    }

    /// <returns>The value's code, or −1 when it is kept plain.</returns>
    public int Add(string value)
    {
        var most = StrictUtf8.GetMaxByteCount(value.Length);
        if (_scratch.Length < most) _scratch = new byte[most];
        try
        {
            return Add(_scratch.AsSpan(0, StrictUtf8.GetBytes(value, _scratch)));
        }
        catch (EncoderFallbackException error)
        {
            throw new ArgumentException($"Column '{Column.Name}' has a lone surrogate at row {Rows}; it cannot be UTF-8.", error);
        }
    }

    /// <returns>The value's code, or −1 when it is kept plain.</returns>
    public int Add(ReadOnlySpan<byte> value)
    {
        if (Column.TypeLength > 0 && value.Length != Column.TypeLength)
        {
            throw new ArgumentException(
                $"Column '{Column.Name}' has values of {Column.TypeLength} bytes, but row {Rows} has {value.Length}.");
        }

        var code = -1;
        if (_plain is null)
        {
            code = _dictionary.Find(value);
            if (code >= 0) _codes[_coded++] = code;
            else LeaveCodes();
        }

        _plain?.Add(value);
        _present[Rows++] = true;
        return code;
    }

    /// <summary>Adds rows of a dictionary that may have entries which no row uses, or the same value twice.</summary>
    /// <param name="codes">A code a row, or −1 for null.</param>
    /// <param name="known">From those codes to the column's own, as far as they have come up.</param>
    /// <param name="batch">Gives the values of codes that have not come up.</param>
    public void AddCodes(ReadOnlySpan<int> codes, CodeMap known, BytesBatch batch)
    {
        foreach (var code in codes)
        {
            if (code == BytesBatch.NullCode) AddNull();
            else if (known.TryGet(code, out var own)) AddCode(own);
            else known.Set(code, Add(batch.DictionaryValue(code)));
        }
    }

    /// <summary>Adds the value that an earlier addition got this code for.</summary>
    public void AddCode(int code)
    {
        if (_plain is null) _codes[_coded++] = code;
        else _plain.Add(_dictionary.Entries[code]);
        _present[Rows++] = true;
    }

    public void Write(ChunkWriter chunk)
    {
        if (_plain is null)
        {
            LeaveCodes();
        }

        if (_codedRows > 0)
        {
            BytesColumnEncoder.WriteCodes(
                chunk, _codes.AsSpan(0, _coded), _dictionary.Entries, Column.TypeLength, _present.AsSpan(0, _codedRows), _options);
        }

        var rest = _present.AsSpan(_codedRows, _rows - _codedRows);
        BytesColumnEncoder.WriteValues(chunk, _plain!, Column.TypeLength, rest, BytesPageEncoder.For(Column.Encoding), _options);
        ArrayPool<bool>.Shared.Return(_present);
        if (_codes.Length > 0) ArrayPool<int>.Shared.Return(_codes);
    }

    /// <summary>Goes on without codes; those that have been given are kept only where they take fewer bytes.</summary>
    private void LeaveCodes()
    {
        _plain = new ByteValues();
        var codes = _codes.AsSpan(0, _coded);
        if (_coded > 0 && BytesColumnEncoder.Pays(_dictionary.Entries, codes, Column.TypeLength))
        {
            _codedRows = Rows;
            return;
        }

        foreach (var code in codes) _plain.Add(_dictionary.Entries[code]);
        _coded = 0;
    }
}
