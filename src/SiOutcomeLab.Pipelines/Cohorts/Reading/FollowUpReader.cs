using System.Runtime.ExceptionServices;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>
/// Reads a list of submissions into a <see cref="FollowUpStore"/>, every file once. The persons of the next row groups are placed while the
/// columns of the present ones are decoded, each column by one thread at a time and file after file: the result does not depend on the
/// number of threads.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="memoryBytes">Bytes that the store may take.</param>
/// <param name="threads">Threads that read; positive.</param>
internal sealed class FollowUpReader(ILake lake, long memoryBytes, int threads)
{
    private const string Municipality = "municipality_code";

    /// <exception cref="FollowUpMemoryException">The store would take more than it may.</exception>
    /// <exception cref="LakeObjectMissingException">A file is gone.</exception>
    public async Task<FollowUpStore> ReadAsync(FollowUpRequest request, CancellationToken cancellationToken)
    {
        var files = FilesOf(request);
        var expected = ExpectedPersons(files);
        var columns = request.Variables.Append(Municipality).Distinct(StringComparer.Ordinal)
            .Select(name => new VariableColumn(name, request.Periods)).ToArray();
        var rows = files.Sum(f => NeededRows(f, request));
        Require(((long)expected * request.Periods * sizeof(int)) + (rows * (sizeof(ushort) + 1)));
        var places = new RowPlaces(request, expected, rows);
        await ReadObservationsAsync(files, places, columns, expected, cancellationToken);
        var persons = places.People.Count;
        var participations = new Participations { Sources = request.Submissions };
        var reader = new ParticipationReader(places.People, participations);
        for (var i = 0; i < request.Submissions.Count; i++)
        {
            if (request.Submissions[i].Participations is not { } file) continue;
            await using var stream = await lake.OpenReadAsync(file, cancellationToken);
            reader.Read(stream, i, cancellationToken);
        }

        return new FollowUpStore(
            request, places, persons, [.. files.Where(f => f.Source >= 0).Select(f => f.Submission)], columns, participations);
    }

    /// <summary>About how many bytes a request will take, two a value.</summary>
    public static long ExpectedBytes(FollowUpRequest request) =>
        (long)ExpectedPersons(FilesOf(request)) * ((request.Periods * ((2L * (request.Variables.Count + 1)) + sizeof(int) + sizeof(ushort))) + 64);

    private async Task ReadObservationsAsync(
        List<ObservationsFile> files, RowPlaces places, VariableColumn[] columns, int expected, CancellationToken cancellationToken)
    {
        ColumnIntake[] intakes = [.. columns.Select(c => new ColumnIntake(c))];
        await using var queue = new RowGroupQueue(lake, files);
        RowGroupWave? current = null;
        while (true)
        {
            var next = await queue.NextAsync(cancellationToken);
            if (current is null && next is null) break;
            Run(current, next, places, intakes, cancellationToken);
            foreach (var work in current?.Works ?? []) work.Return();
            await queue.CloseAsync(next);
            current = next;
            var bytes = places.Bytes + columns.Sum(c => c.Bytes);
            if (bytes > memoryBytes) throw new FollowUpMemoryException((long)(bytes * Math.Max(1, expected / (places.People.Count + 1.0))), memoryBytes);
        }
    }

    // Municipalities first, since their rows make the persons; within either, as committed. A month's row is no year's row.
    private static List<ObservationsFile> FilesOf(FollowUpRequest request)
    {
        var files = new List<ObservationsFile>();
        var fromMunicipality = request.Variables.Append(Municipality).ToHashSet(StringComparer.Ordinal);
        foreach (var s in request.Submissions)
        {
            if (!s.Organisation.IsMunicipality || s.PeriodLength != request.First.Length || !(request.EveryPerson || Overlaps(s, request))) continue;
            if (files.Count >= ushort.MaxValue) throw new NotSupportedException($"A project has more than {ushort.MaxValue} submissions to read at once.");
            files.Add(new ObservationsFile(s, files.Count, fromMunicipality));
        }

        foreach (var s in request.Submissions)
        {
            if (s.Organisation.IsMunicipality || s.PeriodLength != request.First.Length || !Overlaps(s, request)) continue;
            var owned = OwnedMeasures.Of(s.Organisation, request.Variables);
            if (owned.Count > 0) files.Add(new ObservationsFile(s, -1, owned));
        }

        return files;
    }

    private static bool Overlaps(Submission s, FollowUpRequest request) => s.FirstPeriod <= request.Last && s.LastPeriod >= request.First;

    // A municipality's files tell of much the same persons: the largest number of rows per period is about how many there are.
    private static int ExpectedPersons(List<ObservationsFile> files) => checked((int)files
        .Where(f => f.Source >= 0)
        .GroupBy(f => f.Submission.Organisation)
        .Sum(g => g.Max(f => (f.Submission.ObservationRows / (f.Submission.LastPeriod.Since(f.Submission.FirstPeriod) + 1)) + 1)));

    // As many rows are taken to be of each period.
    private static long NeededRows(ObservationsFile file, FollowUpRequest request)
    {
        var (first, last) = (file.Submission.FirstPeriod, file.Submission.LastPeriod);
        var (from, to) = (first < request.First ? request.First : first, last > request.Last ? request.Last : last);
        var (told, needed) = (last.Since(first) + 1, Math.Max(0, to.Since(from) + 1));
        return file.Source < 0 ? 0 : ((file.Submission.ObservationRows * needed) + told - 1) / told;
    }

    private void Require(long bytes)
    {
        if (bytes > memoryBytes) throw new FollowUpMemoryException(bytes, memoryBytes);
    }

    private void Run(RowGroupWave? current, RowGroupWave? next, RowPlaces places, ColumnIntake[] intakes, CancellationToken cancellationToken)
    {
        var faults = new Exception?[intakes.Length + 1];
        var taken = -1;
        var helpers = new Task[Math.Min(threads, intakes.Length + 1) - 1];
        for (var i = 0; i < helpers.Length; i++) helpers[i] = Task.Run(Work, CancellationToken.None);
        Work();
        Task.WaitAll(helpers, CancellationToken.None);
        if (faults.FirstOrDefault(f => f is not null) is { } fault) ExceptionDispatchInfo.Throw(fault);

        void Work()
        {
            for (int at; (at = Interlocked.Increment(ref taken)) <= intakes.Length;)
            {
                try
                {
                    if (at > 0) TakeAll(intakes[at - 1], current);
                    else foreach (var work in next?.Works ?? []) places.Place(work, cancellationToken);
                }
                catch (Exception fault)
                {
                    faults[at] = fault;
                }
            }
        }
    }

    private static void TakeAll(ColumnIntake intake, RowGroupWave? wave)
    {
        foreach (var work in wave?.Works ?? []) intake.Take(work);
    }
}

/// <summary>Which measures an organisation that is no municipality may tell of.</summary>
internal static class OwnedMeasures
{
    /// <summary>The variables among some that the organisation owns; what municipalities own they tell of themselves.</summary>
    public static IReadOnlySet<string> Of(Domain.Identity.OrganisationId organisation, IEnumerable<string> variables)
    {
        var sources = OrganisationRegister.Current.SourcesOf(organisation);
        return variables.Where(v => MeasureCatalogue.Current.TryFind(v, out var measure)
            && measure.OwningSource != OwningSource.Municipality && sources.Contains(measure.OwningSource)).ToHashSet(StringComparer.Ordinal);
    }
}
