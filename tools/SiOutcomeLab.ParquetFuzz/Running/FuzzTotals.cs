namespace SiOutcomeLab.ParquetFuzz.Running;

/// <summary>Counts of outcomes by kind of change.</summary>
internal sealed class FuzzTotals
{
    private readonly SortedDictionary<string, long[]> _byMutation = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _refusals = new(StringComparer.Ordinal);

    public long Cases { get; private set; }

    public long Failures { get; private set; }

    public (double Seconds, string Name) Slowest { get; private set; }

    public (long Bytes, string Name) Largest { get; private set; }

    public IReadOnlyDictionary<string, long[]> ByMutation => _byMutation;

    public IReadOnlyDictionary<string, long> Refusals => _refusals;

    public void Add(FuzzCase one, Outcome outcome)
    {
        Cases++;
        if (outcome.IsFailure) Failures++;
        if (!_byMutation.TryGetValue(one.Mutation.Name, out var counts))
        {
            _byMutation[one.Mutation.Name] = counts = new long[Enum.GetValues<OutcomeKind>().Length];
        }

        counts[(int)outcome.Kind]++;
        if (outcome.Kind == OutcomeKind.Refused) _refusals[outcome.Detail] = _refusals.GetValueOrDefault(outcome.Detail) + 1;
        if (outcome.Seconds > Slowest.Seconds) Slowest = (outcome.Seconds, one.Name);
        if (outcome.Bytes > Largest.Bytes) Largest = (outcome.Bytes, one.Name);
    }
}
