namespace SiOutcomeLab.Contract;

/// <summary>How many rows break a rule, and the first of them.</summary>
internal sealed class RowTally
{
    private readonly List<long> _first = [];

    public long Count { get; private set; }

    public IReadOnlyList<long> First => _first;

    /// <summary>Counts a row; they come in order.</summary>
    public void Add(long row)
    {
        Count++;
        if (_first.Count < FindingLog.MostSamples) _first.Add(row);
    }

    /// <summary>Counts another's rows.</summary>
    public void Add(RowTally other)
    {
        Count += other.Count;
        _first.AddRange(other._first);
        _first.Sort();
        if (_first.Count > FindingLog.MostSamples) _first.RemoveRange(FindingLog.MostSamples, _first.Count - FindingLog.MostSamples);
    }
}
