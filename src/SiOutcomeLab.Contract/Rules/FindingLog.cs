using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Gathers what is wrong: one finding per rule, part and column, with the number of rows and the first ten row numbers.
/// Its size is bounded whatever is sent: beyond <see cref="MostFindings"/> kinds only their number is kept.
/// </summary>
internal sealed class FindingLog
{
    public const int MostFindings = 200;
    public const int MostSamples = 10;
    private readonly Dictionary<(string Rule, SubmissionPart Part, string? Column), Entry> _entries = [];
    private long _leftOut;

    /// <summary>Notes a fault of a whole part or column, or of a row.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="part">The part.</param>
    /// <param name="column">The column's safe name; null for the whole part.</param>
    /// <param name="row">The row, counted from 1; null when it is no row's fault.</param>
    /// <param name="facts">What fills the rule's text: facts of the catalogue or the manifest, never a value.</param>
    public void Add(ContractRule rule, SubmissionPart part, string? column = null, long? row = null, params BilingualText[] facts)
    {
        if (EntryFor(rule, part, column, 1, facts) is not { } entry) return;
        entry.Count++;
        if (row is { } number && entry.Samples.Count < MostSamples) entry.Samples.Add(number);
    }

    /// <summary>Notes so many faults of a column at once, without row numbers.</summary>
    public void AddCount(ContractRule rule, SubmissionPart part, string column, long faults, params BilingualText[] facts)
    {
        if (EntryFor(rule, part, column, faults, facts) is { } entry) entry.Count += faults;
    }

    /// <summary>Notes the faults of many rows, if there are any.</summary>
    public void Add(ContractRule rule, SubmissionPart part, string column, RowTally rows)
    {
        if (rows.Count == 0 || EntryFor(rule, part, column, rows.Count, []) is not { } entry) return;
        entry.Count += rows.Count;
        entry.Samples.AddRange(rows.First);
    }

    /// <summary>Takes over what another log holds; no two logs hold the same rule, part and column.</summary>
    public void Add(FindingLog other)
    {
        foreach (var (key, theirs) in other._entries)
        {
            if (EntryFor(theirs.Rule, key.Part, key.Column, theirs.Count, theirs.Facts) is not { } entry) continue;
            entry.Count += theirs.Count;
            entry.Samples.AddRange(theirs.Samples.Take(MostSamples - Math.Min(MostSamples, entry.Samples.Count)));
        }

        _leftOut += other._leftOut;
    }

    /// <summary>Whether a submission with these findings is refused.</summary>
    public bool HasErrors => _leftOut > 0 || _entries.Values.Any(e => e.Rule.Severity == Severity.Error);

    /// <summary>The findings: by part, then in the order of the rule table, then in the order they were met.</summary>
    public IReadOnlyList<Finding> ToFindings()
    {
        var findings = _entries
            .OrderBy(e => e.Key.Part)
            .ThenBy(e => ContractRules.OrderOf(e.Value.Rule))
            .Select(e => e.Value.Rule.At(e.Key.Part, e.Key.Column, e.Value.Count, [.. e.Value.Samples.Order()], e.Value.Facts))
            .ToList();
        if (_leftOut > 0) findings.Add(FileRules.MoreFindings.At(SubmissionPart.Manifest, null, _leftOut, [], []));
        return findings;
    }

    /// <summary>The entry, made when it is new; null when there is no room, and then the faults are only counted.</summary>
    private Entry? EntryFor(ContractRule rule, SubmissionPart part, string? column, long faults, BilingualText[] facts)
    {
        if (_entries.TryGetValue((rule.Code, part, column), out var entry)) return entry;
        if (_entries.Count >= MostFindings)
        {
            _leftOut += faults;
            return null;
        }

        entry = new Entry(rule, facts);
        _entries.Add((rule.Code, part, column), entry);
        return entry;
    }

    private sealed class Entry(ContractRule rule, BilingualText[] facts)
    {
        public ContractRule Rule { get; } = rule;


        public long Count { get; set; }

        public List<long> Samples { get; } = [];

        public BilingualText[] Facts { get; } = facts;
    }
}
