using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>Gathers what is wrong with a source table: one finding per kind and column, with count and first row numbers.</summary>
internal sealed class SourceFaultLog(SubmissionPart part)
{
    private const int MostSamples = 10;
    private readonly SortedDictionary<(int Column, SourceFault Fault), Entry> _entries = [];

    /// <summary>Notes a fault.</summary>
    /// <param name="fault">Its kind.</param>
    /// <param name="column">The column's place in the contract; −1 for the row as a whole.</param>
    /// <param name="name">The column's name; null for the row as a whole.</param>
    /// <param name="row">The row, counted from 1 below the heading.</param>
    public void Add(SourceFault fault, int column, string? name, long row)
    {
        if (!_entries.TryGetValue((column, fault), out var entry)) _entries.Add((column, fault), entry = new Entry(name));
        entry.Count++;
        if (entry.Samples.Count < MostSamples) entry.Samples.Add(row);
    }

    public IReadOnlyList<Finding> ToFindings() =>
        [.. _entries.Select(e => SourceRules.Of(e.Key.Fault).At(part, e.Value.Name, e.Value.Count, e.Value.Samples, []))];

    private sealed class Entry(string? name)
    {
        public string? Name { get; } = name;

        public long Count { get; set; }

        public List<long> Samples { get; } = [];
    }
}
