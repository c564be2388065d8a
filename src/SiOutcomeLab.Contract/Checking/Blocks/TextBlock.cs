using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// The next rows of a text column: its distinct texts in the order of first use, and each row's place among them. What must be said or
/// done of a text is so done once per distinct text of a block, whatever the file's encoding.
/// </summary>
public sealed class TextBlock : ColumnBlock
{
    /// <summary>The code of a null row.</summary>
    public const int Null = -1;

    /// <summary>The code of a row whose text is longer than <see cref="MostTextBytes"/>: no column of the contract takes it.</summary>
    public const int TooLong = -2;

    /// <summary>The longest text that is kept, in bytes; so a block's memory is bounded whatever is sent.</summary>
    public const int MostTextBytes = 128;

    private const int BatchRows = 8192;
    private readonly int[] _codes;
    private readonly BytesBatch _batch = new();
    private readonly DistinctTexts _entries = new();
    private BytesColumnReader? _open;
    private int _dictionary;
    private int[] _ofDictionary = [];
    private bool[] _used = [];
    private readonly List<int> _suspects = [];
    private int _dictionaryCount;

    internal TextBlock(ParquetReader reader, ParquetColumn column)
        : base(reader, column) => _codes = new int[Capacity];

    /// <summary>Says whether a text must be told of even when no row uses it.</summary>
    internal delegate bool Suspicion(ReadOnlySpan<byte> utf8);

    /// <summary>Takes a text that is too long to be kept, and its row's place in the block.</summary>
    internal delegate void LongText(ReadOnlySpan<byte> utf8, int row);

    /// <summary>Called for every row whose text is too long to be kept, when set.</summary>
    internal LongText? OnLong { get; set; }

    /// <summary>Whether a row's text was too long to be kept.</summary>
    internal bool HasLong { get; private set; }

    /// <summary>Asked for every entry of the file's dictionaries, when set.</summary>
    internal Suspicion? IsSuspect { get; set; }

    /// <summary>Called once for every suspect entry that no row used, when its dictionary is left.</summary>
    internal Action? OnUnusedSuspect { get; set; }

    /// <summary>Each row's place among the distinct texts, <see cref="Null"/> where the row is null.</summary>
    public ReadOnlySpan<int> Codes => _codes.AsSpan(0, Rows);

    /// <summary>How many distinct texts the block has; each is used by a row.</summary>
    public int EntryCount => _entries.Count;

    /// <summary>The distinct texts end to end.</summary>
    public ReadOnlySpan<byte> EntryBytes => _entries.Data;

    /// <summary>Where each distinct text begins, and where the last ends.</summary>
    public ReadOnlySpan<int> EntryBounds => _entries.Bounds;

    /// <summary>A distinct text.</summary>
    /// <param name="code">In [0, <see cref="EntryCount"/>).</param>
    public ReadOnlySpan<byte> Entry(int code) => _entries[code];

    private protected override bool IsOpen => _open is not null;

    private protected override void Clear()
    {
        HasLong = false;
        _entries.Clear();
        _ofDictionary.AsSpan(0, _dictionaryCount).Fill(Null);
    }

    private protected override void Open(ParquetRowGroup group) => _open = group.Bytes(Column.Index);

    private protected override void Close()
    {
        LeaveDictionary();
        _open?.Dispose();
        _open = null;
    }

    private protected override int Read(int at, Span<bool> present)
    {
        var rows = _open!.Read(_batch, Math.Min(BatchRows, present.Length));
        if (rows == 0) return 0;
        if (_batch.HasDictionary && _batch.DictionaryId != _dictionary) TakeDictionary();
        var codes = _codes.AsSpan(at, rows);
        if (_batch.HasDictionary) ReadCodes(codes);
        else ReadTexts(codes);
        for (var i = 0; i < codes.Length; i++)
        {
            present[i] = codes[i] != Null;
            if (codes[i] == TooLong) TakeLong(_batch[i], at + i);
        }

        return rows;
    }

    private void ReadCodes(Span<int> codes)
    {
        var theirs = _batch.Codes;
        for (var i = 0; i < codes.Length; i++)
        {
            var their = theirs[i];
            if (their < 0)
            {
                codes[i] = Null;
                continue;
            }

            var code = _ofDictionary[their];
            if (code < 0)
            {
                code = _ofDictionary[their] = Find(_batch.DictionaryValue(their));
                _used[their] = true;
            }

            codes[i] = code;
        }
    }

    private void ReadTexts(Span<int> codes)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = _batch.IsNull(i) ? Null : Find(_batch[i]);
        }
    }

    private int Find(ReadOnlySpan<byte> utf8) => utf8.Length > MostTextBytes ? TooLong : _entries.Find(utf8);

    private void TakeLong(ReadOnlySpan<byte> utf8, int row)
    {
        HasLong = true;
        OnLong?.Invoke(utf8, row);
    }

    private void TakeDictionary()
    {
        LeaveDictionary();
        _dictionary = _batch.DictionaryId;
        _dictionaryCount = _batch.DictionaryCount;
        if (_used.Length < _dictionaryCount)
        {
            _ofDictionary = new int[_dictionaryCount];
            _used = new bool[_dictionaryCount];
        }

        _ofDictionary.AsSpan(0, _dictionaryCount).Fill(Null);
        _used.AsSpan(0, _dictionaryCount).Clear();
        // A dictionary can be read only as long as the batch holds it: its entries are judged now, and told of when it is left.
        for (var code = 0; IsSuspect is not null && code < _dictionaryCount; code++)
        {
            if (IsSuspect(_batch.DictionaryValue(code))) _suspects.Add(code);
        }
    }

    private void LeaveDictionary()
    {
        foreach (var code in _suspects)
        {
            if (!_used[code]) OnUnusedSuspect?.Invoke();
        }

        _suspects.Clear();
        _dictionary = 0;
        _dictionaryCount = 0;
    }
}
