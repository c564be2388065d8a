using System.Text;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>One variable's values by person and period: numbers, or codes of a category's levels.</summary>
internal sealed class VariableColumn(string name, int periods)
{
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private readonly List<string> _levels = [];
    // By period, the owning organisations' file that told of it first.
    private readonly ObservationsFile?[] _owners = new ObservationsFile?[periods];

    // A dictionary's entries as codes of levels, −1 until one is met.
    private int _dictionary;
    private int[] _byEntry = [];

    public string Name { get; } = name;

    /// <summary>By cell, the values of the rows that hold the cells.</summary>
    public NarrowCells Cells { get; private set; } = new();

    /// <summary>By surplus row, the values of rows whose cells another municipality's row holds.</summary>
    public NarrowCells Surplus { get; } = new();

    /// <summary>By cell, what the organisations that own the measure say; null when none says anything.</summary>
    public NarrowCells? Owners { get; private set; }

    /// <summary>True when a file holds text in this column.</summary>
    public bool IsCategory => _levels.Count > 0;

    public IReadOnlyList<string> Levels => _levels;

    public long Bytes => Cells.Bytes + Surplus.Bytes + (Owners?.Bytes ?? 0);

    /// <summary>True when the period's values are the owning organisations', and no municipality's.</summary>
    public bool IsOwners(int period) => _owners[period] is not null;

    public int LevelCode(string level)
    {
        if (_codeOf.TryGetValue(level, out var code)) return code;
        code = _levels.Count;
        _codeOf.Add(level, code);
        _levels.Add(level);
        return code;
    }

    /// <summary>Rows' levels, each text read once per dictionary entry where the file has a dictionary.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="cells">Where they go: a row that goes nowhere, −1, names no level, since a level exists when a cell has it.</param>
    /// <param name="codes">Receives the levels' codes, any where there is none.</param>
    /// <param name="present">Receives whether there is one.</param>
    public void LevelCodes(BytesBatch batch, ReadOnlySpan<int> cells, Span<int> codes, Span<bool> present)
    {
        if (!batch.HasDictionary)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                codes[i] = cells[i] == -1 || batch.IsNull(i) ? -1 : LevelCode(Encoding.UTF8.GetString(batch[i]));
                present[i] = codes[i] >= 0;
            }

            return;
        }

        if (_dictionary != batch.DictionaryId)
        {
            _dictionary = batch.DictionaryId;
            _byEntry = new int[batch.DictionaryCount];
            Array.Fill(_byEntry, -1);
        }

        var entries = batch.Codes[..cells.Length];
        var byEntry = _byEntry;
        for (var i = 0; i < cells.Length; i++)
        {
            var entry = entries[i];
            var code = entry < 0 || cells[i] == -1 ? -1 : byEntry[entry];
            if (code < 0 && entry >= 0 && cells[i] != -1)
            {
                code = LevelCode(Encoding.UTF8.GetString(batch.DictionaryValue(entry)));
                byEntry[entry] = code;
            }

            codes[i] = Math.Max(code, 0);
            present[i] = code >= 0;
        }
    }

    /// <summary>Where an owning organisation's values go.</summary>
    public NarrowCells OwnersCells() => Owners ??= new NarrowCells();

    /// <summary>Says in which periods an owning organisation has values.</summary>
    /// <param name="work">The row group.</param>
    /// <param name="cells">A cell a row; −1 for a row that is not needed, −2 − n for a row of a person without cells in period n.</param>
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
            if (cells[i] != -1 && present[i]) _owners[cells[i] >= 0 ? cells[i] % _owners.Length : -2 - cells[i]] ??= work.File;
        }

        return isShared;
    }
}
