namespace SiOutcomeLab.Contract;

/// <summary>
/// Finds what stands twice and who was never observed, partition by partition. A partition that has more persons or participations than
/// there is room for is gone through several times, each time for a part of them.
/// </summary>
/// <param name="observations">The observations' records.</param>
/// <param name="participations">The participations' records.</param>
/// <param name="periods">Periods of the manifest.</param>
/// <param name="mostHeld">Persons, or participations, that are held at a time by one thread.</param>
internal sealed class KeyComparison(
    KeyPartitions<ObservationKey> observations, KeyPartitions<ParticipationKey> participations, int periods, int mostHeld)
{
    public RowTally DuplicateObservations { get; } = new();

    public RowTally DuplicateParticipations { get; } = new();

    /// <summary>Participations of persons without an observation; meaningless unless every observation was recorded.</summary>
    public RowTally NotObserved { get; } = new();

    public long Persons { get; private set; }

    public void Run(int threads, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        var merging = new Lock();
        // One table a thread: made anew for each partition they would be most of the garbage of a check.
        Parallel.For(0, KeyPartitions<ObservationKey>.Partitions, options, () => new PersonSlots(periods, mostHeld), CompareOne, _ => { });

        PersonSlots CompareOne(int partition, ParallelLoopState state, PersonSlots table)
        {
            var found = Compare(partition, table, cancellationToken);
            lock (merging)
            {
                Persons += found.Persons;
                DuplicateObservations.Add(found.Observations);
                NotObserved.Add(found.NotObserved);
                DuplicateParticipations.Add(found.Participations);
            }

            return table;
        }
    }

    private Found Compare(int partition, PersonSlots table, CancellationToken cancellationToken)
    {
        Found? persons = null;
        for (ulong passes = 1; persons is null; passes *= 2) persons = ComparePersons(partition, table, passes, cancellationToken);
        RowTally? twice = null;
        for (ulong passes = 1; twice is null; passes *= 2) twice = CompareParticipations(partition, passes, cancellationToken);
        return persons with { Participations = twice };
    }

    /// <summary>Null when a pass met more persons than there is room for.</summary>
    private Found? ComparePersons(int partition, PersonSlots table, ulong passes, CancellationToken cancellationToken)
    {
        var found = new Found(0, new RowTally(), new RowTally(), new RowTally());
        for (ulong pass = 0; pass < passes; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            table.Clear();
            var duplicates = new RowTally();
            foreach (var piece in observations.Read(partition))
            {
                foreach (ref readonly var key in piece.Span)
                {
                    if ((key.Low & (passes - 1)) != pass) continue;
                    var person = table.Take(key);
                    if (person < 0) return null;
                    if (key.Period != ObservationKey.NoPeriod && !table.Mark(person, key.Period)) duplicates.Add(key.Row);
                }
            }

            var strangers = new RowTally();
            foreach (var piece in participations.Read(partition))
            {
                foreach (ref readonly var key in piece.Span)
                {
                    if ((key.Low & (passes - 1)) == pass && !table.Has(key)) strangers.Add(key.Row);
                }
            }

            found.Observations.Add(duplicates);
            found.NotObserved.Add(strangers);
            found = found with { Persons = found.Persons + table.Count };
        }

        return found;
    }

    /// <summary>Null when a pass met more participations than there is room for.</summary>
    private RowTally? CompareParticipations(int partition, ulong passes, CancellationToken cancellationToken)
    {
        var all = new RowTally();
        var seen = new HashSet<(ulong, ulong, int, int)>();
        for (ulong pass = 0; pass < passes; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            seen.Clear();
            var duplicates = new RowTally();
            foreach (var piece in participations.Read(partition))
            {
                foreach (ref readonly var key in piece.Span)
                {
                    if (key.Intervention < 0) continue;
                    // One person may have any number of participations: the pass goes by the whole key.
                    var mix = (key.Low ^ ((ulong)(uint)key.Day << 32) ^ (uint)key.Intervention) * 0x9E3779B97F4A7C15UL;
                    if (((mix >> 32) & (passes - 1)) != pass) continue;
                    if (seen.Count >= mostHeld) return null;
                    if (!seen.Add((key.High, key.Low, key.Intervention, key.Day))) duplicates.Add(key.Row);
                }
            }

            all.Add(duplicates);
        }

        return all;
    }

    private sealed record Found(long Persons, RowTally Observations, RowTally NotObserved, RowTally Participations);
}
