using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>
/// What must be known of all rows together: who stands twice in a period, whose participation stands twice, and who takes part without
/// being observed.
/// </summary>
internal sealed class SubmissionKeys(IReadOnlyList<Period> periods, IEnumerable<InterventionCode> registered, CheckContext context) : IDisposable
{
    // The observations' records are the many; what the comparison itself holds comes on top while it runs.
    private readonly KeyPartitions<ObservationKey> _observations = new(context.Scratch, context.Limits.KeyMemoryBytes);
    private readonly KeyPartitions<ParticipationKey> _participations = new(context.Scratch, context.Limits.KeyMemoryBytes / 4);
    private readonly PersonDigest _digest = new();

    /// <summary>Distinct persons observed.</summary>
    public long Persons { get; private set; }

    /// <summary>Bytes that went to scratch files.</summary>
    public long SpilledBytes => _observations.SpilledBytes + _participations.SpilledBytes;

    /// <summary>The checks of the observations' key columns.</summary>
    public KeyColumns Observations()
    {
        var period = new PeriodCheck(periods);
        var person = new PersonCheck(SubmissionPart.Observations, _digest, (high, low, at, row) =>
        {
            var current = period.Current;
            var of = at < current.Length && current[at] >= 0 ? current[at] : ObservationKey.NoPeriod;
            _observations.Add(new ObservationKey(high, low, row, of));
        });
        return new KeyColumns([(ContractColumns.PeriodStart, period)], [(ContractColumns.PersonId, person)]) { Period = period };
    }

    /// <summary>The checks of the participations' key columns.</summary>
    public KeyColumns Participations()
    {
        var start = new KeptDates(ContractColumns.Participations.First(c => c.Name == ContractColumns.StartDate));
        var end = new EndCheck(ContractColumns.Participations.First(c => c.Name == ContractColumns.EndDate), start);
        var intervention = new InterventionCheck(registered);
        var person = new PersonCheck(SubmissionPart.Participations, _digest, (high, low, at, row) =>
        {
            var isWhole = intervention.At(at) >= 0 && start.Has(at);
            _participations.Add(
                new ParticipationKey(high, low, row, isWhole ? intervention.At(at) : -1, isWhole ? start.Days[at] : 0));
        });
        return new KeyColumns(
            [(ContractColumns.InterventionCode, intervention), (ContractColumns.StartDate, start)],
            [(ContractColumns.PersonId, person), (ContractColumns.EndDate, end)]);
    }

    /// <summary>Compares all that was recorded.</summary>
    /// <param name="allObserved">Whether every observation was recorded: else nobody is missed.</param>
    /// <param name="log">Where findings go.</param>
    /// <param name="cancellationToken">Asked once a partition.</param>
    public void Compare(bool allObserved, FindingLog log, CancellationToken cancellationToken)
    {
        // A person takes some 60 bytes of table, so each thread's table takes about as much as a quarter of the records in memory.
        var mostHeld = (int)Math.Clamp(context.Limits.KeyMemoryBytes / (256L * context.Limits.Threads), 1024, 1 << 24);
        var comparison = new KeyComparison(_observations, _participations, periods.Count, mostHeld);
        comparison.Run(context.Limits.Threads, cancellationToken);
        Persons = comparison.Persons;
        log.Add(RowRules.DuplicateObservation, SubmissionPart.Observations, ContractColumns.PersonId, comparison.DuplicateObservations);
        if (allObserved)
        {
            log.Add(RowRules.PersonNotObserved, SubmissionPart.Participations, ContractColumns.PersonId, comparison.NotObserved);
        }

        log.Add(
            RowRules.DuplicateParticipation, SubmissionPart.Participations, ContractColumns.PersonId, comparison.DuplicateParticipations);
    }

    public void Dispose()
    {
        _observations.Dispose();
        _participations.Dispose();
        _digest.Dispose();
    }
}

/// <summary>The checks of a file's key columns.</summary>
/// <param name="Leaders">Those whose rows the others use, in the order in which they are read.</param>
/// <param name="Followers">The others.</param>
internal sealed record KeyColumns(
    IReadOnlyList<(string Column, ColumnCheck Check)> Leaders, IReadOnlyList<(string Column, ColumnCheck Check)> Followers)
{
    /// <summary>Each observation's period; null for participations.</summary>
    public PeriodCheck? Period { get; init; }
}
