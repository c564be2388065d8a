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
    private const int MostSamples = 10;
    private readonly Dictionary<(ContractRule Rule, SubmissionPart Part, string? Column), Entry> _entries = [];
    private long _leftOut;

    /// <summary>Notes a fault of a whole part or column, or of a row.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="part">The part.</param>
    /// <param name="column">The column's safe name; null for the whole part.</param>
    /// <param name="row">The row, counted from 1; null when it is no row's fault.</param>
    /// <param name="facts">What fills the rule's text: facts of the catalogue or the manifest, never a value.</param>
    public void Add(ContractRule rule, SubmissionPart part, string? column = null, long? row = null, params BilingualText[] facts)
    {
        if (!_entries.TryGetValue((rule, part, column), out var entry))
        {
            if (_entries.Count >= MostFindings)
            {
                _leftOut++;
                return;
            }

            entry = new Entry(facts);
            _entries.Add((rule, part, column), entry);
        }

        entry.Count++;
        if (row is { } number && entry.Samples.Count < MostSamples) entry.Samples.Add(number);
    }

    /// <summary>Whether a submission with these findings is refused.</summary>
    public bool HasErrors => _leftOut > 0 || _entries.Keys.Any(k => k.Rule.Severity == Severity.Error);

    /// <summary>The findings: by part, then in the order of the rule table, then in the order they were met.</summary>
    public IReadOnlyList<Finding> ToFindings()
    {
        var findings = _entries
            .OrderBy(e => e.Key.Part)
            .ThenBy(e => ContractRules.OrderOf(e.Key.Rule))
            .Select(e => e.Key.Rule.At(e.Key.Part, e.Key.Column, e.Value.Count, [.. e.Value.Samples.Order()], e.Value.Facts))
            .ToList();
        if (_leftOut > 0) findings.Add(FileRules.MoreFindings.At(SubmissionPart.Manifest, null, _leftOut, [], []));
        return findings;
    }

    private sealed class Entry(BilingualText[] facts)
    {
        public long Count { get; set; }

        public List<long> Samples { get; } = [];

        public BilingualText[] Facts { get; } = facts;
    }
}
