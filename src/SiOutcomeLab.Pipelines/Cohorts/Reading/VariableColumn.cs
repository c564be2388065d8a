using System.Text;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>One variable's values by person and period: numbers, or codes of a category's levels.</summary>
internal sealed class VariableColumn
{
    private const int LongestSought = 128;

    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _sought;
    private readonly List<string> _levels = [];

    // By period, the owning organisations' file that told of it first.
    private readonly ObservationsFile?[] _owners;

    // A dictionary's entries as codes of levels, −1 until one is met; and as bytes of rows, after that of no value, 0 until met.
    private int _dictionary;
    private int[] _byEntry = [];
    private byte[] _narrowByEntry = [];

    public VariableColumn(string name, int periods)
    {
        (Name, _owners) = (name, new ObservationsFile?[periods]);
        _sought = _codeOf.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string Name { get; }

    /// <summary>By row, what municipalities say.</summary>
    public NarrowCells Rows { get; } = new();

    /// <summary>By cell, what the organisations that own the measure say; null when none says anything.</summary>
    public NarrowCells? Owners { get; private set; }

    /// <summary>True when a file holds text in this column.</summary>
    public bool IsCategory => _levels.Count > 0;

    public IReadOnlyList<string> Levels => _levels;

    public long Bytes => Rows.Bytes + (Owners?.Bytes ?? 0);

    /// <summary>True when the period's values are the owning organisations', and no municipality's.</summary>
    public bool IsOwners(int period) => _owners[period] is not null;

    /// <summary>The level's code, or −1 when no value has it.</summary>
    public int Known(string level) => _codeOf.GetValueOrDefault(level, -1);

    // Of a level that is known, as almost all are, no text is made.
    private int Known(ReadOnlySpan<byte> level)
    {
        Span<char> text = stackalloc char[LongestSought];
        if (level.Length > text.Length) return Known(Encoding.UTF8.GetString(level));
        return _sought.TryGetValue(text[..Encoding.UTF8.GetChars(level, text)], out var code) ? code : -1;
    }

    private int LevelCode(ReadOnlySpan<byte> level) => Known(level) is >= 0 and var code ? code : LevelCode(Encoding.UTF8.GetString(level));

    /// <summary>The level's code, a new one when it is new.</summary>
    public int LevelCode(string level)
    {
        if (_codeOf.TryGetValue(level, out var code)) return code;
        code = _levels.Count;
        _codeOf.Add(level, code);
        _levels.Add(level);
        return code;
    }

    /// <summary>Rows' levels, each text read once per dictionary entry where the file has a dictionary.</summary>
    /// <param name="batch">A batch.</param>
    /// <param name="rows">The needed rows of it: another's level is not named, since a level exists when a cell has it.</param>
    /// <param name="codes">Receives the levels' codes, any where there is none.</param>
    /// <param name="present">Receives whether there is one.</param>
    public void LevelCodes(BytesBatch batch, ReadOnlySpan<int> rows, Span<int> codes, Span<bool> present)
    {
        if (batch.HasDictionary) TakeDictionary(batch);
        var entries = batch.HasDictionary ? batch.Codes : default;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var code = batch.IsNull(row) ? -1 : entries.IsEmpty ? LevelCode(batch[row]) : CodeOf(batch, entries[row]);
            codes[i] = Math.Max(code, 0);
            present[i] = code >= 0;
        }
    }

    /// <summary>Puts levels of rows that follow each other, when they are few enough.</summary>
    /// <param name="batch">A batch that has a dictionary.</param>
    /// <param name="entries">The rows' entries in it; −1 for a missing value.</param>
    /// <param name="first">The number of the first row.</param>
    /// <returns>Whether they were put.</returns>
    public bool TryPutLevels(BytesBatch batch, ReadOnlySpan<int> entries, int first)
    {
        TakeDictionary(batch);
        if (Rows.Width == sizeof(ushort)) return Rows.TryPutShortCodes(first, entries, _byEntry);
        if (Rows.Width > 1 || _levels.Count >= byte.MaxValue) return false;
        if (Rows.TryPutByteCodes(first, entries, _narrowByEntry)) return true;
        foreach (var entry in entries)
        {
            if (entry >= 0) CodeOf(batch, entry);
        }

        return _levels.Count < byte.MaxValue && Rows.TryPutByteCodes(first, entries, _narrowByEntry);
    }

    private void TakeDictionary(BytesBatch batch)
    {
        if (_dictionary == batch.DictionaryId) return;
        _dictionary = batch.DictionaryId;
        _byEntry = new int[batch.DictionaryCount];
        _narrowByEntry = new byte[batch.DictionaryCount + 1];
        for (var entry = 0; entry < _byEntry.Length; entry++)
        {
            SetCode(entry, Known(batch.DictionaryValue(entry)));
        }
    }

    private int CodeOf(BytesBatch batch, int entry)
    {
        if (_byEntry[entry] < 0) SetCode(entry, LevelCode(batch.DictionaryValue(entry)));
        return _byEntry[entry];
    }

    private void SetCode(int entry, int code)
    {
        _byEntry[entry] = code;
        _narrowByEntry[entry + 1] = (byte)Math.Min(code + 1, byte.MaxValue);
    }

    /// <summary>Where an owning organisation's values go.</summary>
    public NarrowCells OwnersCells() => Owners ??= new NarrowCells();

    /// <summary>Says in which periods an owning organisation has values.</summary>
    /// <param name="work">The row group.</param>
    /// <param name="cells">A cell a row; −2 − n for a row of a person without cells in period n.</param>
    /// <param name="present">Whether the row has a value.</param>
    /// <returns>Whether another file told of one of the row group's periods before, so that cells may be taken already.</returns>
    public bool SetOwners(RowGroupWork work, ReadOnlySpan<int> cells, ReadOnlySpan<bool> present)
    {
        var (isNew, isShared) = (false, false);
        foreach (var period in work.Periods)
        {
            isNew |= _owners[period] is null;
            isShared |= _owners[period] is { } first && !ReferenceEquals(first, work.File);
        }

        for (var i = 0; isNew && i < cells.Length; i++)
        {
            if (present[i]) _owners[cells[i] >= 0 ? cells[i] / work.Stride : -2 - cells[i]] ??= work.File;
        }

        return isShared;
    }
}
