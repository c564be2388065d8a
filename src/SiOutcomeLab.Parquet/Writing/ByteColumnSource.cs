using System.Buffers;
using System.Text;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// Gathers a column of byte values, as codes as long as the dictionary keeps its limit and as plain values from then on,
/// and writes it the way that takes fewer bytes.
/// </summary>
internal sealed class ByteColumnSource
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ParquetWriterOptions _options;
    private readonly bool _isFixed;
    private readonly BytesDictionaryBuilder _dictionary;
    private readonly bool[] _present;
    private readonly int[] _codes;
    private ByteValues? _plain;
    private byte[] _scratch = new byte[64];
    private int _values;

    public ByteColumnSource(ParquetColumnSpec column, ParquetWriterOptions options, int rows)
    {
        Column = column;
        _options = options;
        _isFixed = column.TypeLength > 0;
        _dictionary = new BytesDictionaryBuilder(options.MaxDictionaryBytes, _isFixed ? 0 : sizeof(int));
        _present = new bool[rows];
        _codes = options.UseDictionary ? new int[rows] : [];
        _plain = options.UseDictionary ? null : new ByteValues();
    }

    public ParquetColumnSpec Column { get; }

    public int Rows { get; private set; }

    public void AddNull()
    {
        if (!Column.IsOptional) throw new ArgumentException($"Column '{Column.Name}' is not optional, but row {Rows} is null.");
        Rows++;
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
        if (_isFixed && value.Length != Column.TypeLength)
        {
            throw new ArgumentException(
                $"Column '{Column.Name}' has values of {Column.TypeLength} bytes, but row {Rows} has {value.Length}.");
        }

        var code = -1;
        if (_plain is null)
        {
            code = _dictionary.Find(value);
            if (code >= 0) _codes[_values] = code;
            else TurnPlain();
        }

        _plain?.Add(value);
        _present[Rows++] = true;
        _values++;
        return code;
    }

    /// <summary>Adds the value that an earlier addition got this code for.</summary>
    public void AddCode(int code)
    {
        if (_plain is null) _codes[_values] = code;
        else _plain.Add(_dictionary.Entries[code]);
        _present[Rows++] = true;
        _values++;
    }

    public void Write(ChunkWriter chunk)
    {
        var codes = _plain is null ? _codes.AsSpan(0, _values) : default;
        if (_plain is null && _values > 0 && BytesColumnEncoder.Pays(_dictionary.Entries, codes, _isFixed))
        {
            BytesColumnEncoder.WriteCodes(chunk, codes, _dictionary.Entries, _isFixed, _present, _options);
            return;
        }

        if (_plain is null) TurnPlain();
        BytesColumnEncoder.WritePlain(chunk, _plain!, _isFixed, _present, _options);
    }

    private void TurnPlain()
    {
        _plain = new ByteValues();
        foreach (var code in _codes.AsSpan(0, _values)) _plain.Add(_dictionary.Entries[code]);
    }
}
