using System.Text;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>One variable's values by person and period: numbers, or codes of a category's levels.</summary>
internal sealed class VariableColumn(string name, int periods)
{
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private readonly List<string> _levels = [];
    private readonly bool[] _isOwners = new bool[periods];

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
    public bool IsOwners(int period) => _isOwners[period];

    public int LevelCode(string level)
    {
        if (_codeOf.TryGetValue(level, out var code)) return code;
        code = _levels.Count;
        _codeOf.Add(level, code);
        _levels.Add(level);
        return code;
    }

    /// <summary>A row's level, its text read once per dictionary entry where the file has a dictionary; −1 for none.</summary>
    public int LevelCode(BytesBatch batch, int row)
    {
        if (batch.IsNull(row)) return -1;
        if (!batch.HasDictionary) return LevelCode(Encoding.UTF8.GetString(batch[row]));
        if (_dictionary != batch.DictionaryId)
        {
            _dictionary = batch.DictionaryId;
            _byEntry = new int[batch.DictionaryCount];
            Array.Fill(_byEntry, -1);
        }

        var entry = batch.Codes[row];
        ref var code = ref _byEntry[entry];
        if (code < 0) code = LevelCode(Encoding.UTF8.GetString(batch.DictionaryValue(entry)));
        return code;
    }

    /// <summary>Where an owning organisation's values go.</summary>
    public NarrowCells OwnersCells() => Owners ??= new NarrowCells();

    /// <summary>Says that an owning organisation has a value in the period.</summary>
    public void SetOwners(int period) => _isOwners[period] = true;
}
