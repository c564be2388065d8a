using System.Diagnostics;
using SiOutcomeLab.Benchmarks.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Programme.Lab;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Programme.Nightly;

/// <summary>A country's follow-up, as the first plan of a night has it read for all, beside a bare scan of the same columns.</summary>
internal static class ReadingBesideScan
{
    public static async Task<ReadingRow> MeasureAsync(string folder, int repetitions, CancellationToken cancellationToken)
    {
        var clock = new LabClock(DateTimeOffset.UnixEpoch);
        using var lake = new FolderLake(Path.Combine(folder, "lake"), clock);
        await using var catalogue = await SqliteCatalogue.UpgradeAsync(Path.Combine(folder, "catalogue.db"), clock, cancellationToken);
        var plan = (await catalogue.Plans.ListPlansAsync(null, null, 1, cancellationToken))[0].Plan;
        var snapshot = CohortBuilder.SnapshotFor(plan, await catalogue.Submissions.InProjectAsync(plan.Project, cancellationToken));
        using var cache = new FollowUpCache(long.MaxValue, 1);
        var request = (await new PlanReading(lake, catalogue, cache).ReadAsync(plan, snapshot, cancellationToken)).Request;
        var columns = request.Variables.Concat(["person_id", "period_start", "municipality_code"]).ToHashSet(StringComparer.Ordinal);
        var (scan, rows) = await TimeAsync(repetitions, () => new BareScan(lake, columns).RunAsync(request.Submissions, cancellationToken));
        var (reading, store) = await TimeAsync(
            repetitions, () => new FollowUpReader(lake, long.MaxValue, 1).ReadAsync(request, cancellationToken));
        return new ReadingRow(scan.Processor, reading.Processor, scan.Elapsed, reading.Elapsed, rows, store.Bytes / 1e6);
    }

    private static async Task<((double Processor, double Elapsed) Median, T Result)> TimeAsync<T>(int repetitions, Func<Task<T>> work)
    {
        var result = await work();
        var times = new List<(double Processor, double Elapsed)>();
        for (var i = 0; i < repetitions; i++)
        {
            GC.Collect();
            var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            result = await work();
            times.Add(((Environment.CpuUsage.TotalTime - before).TotalSeconds, Stopwatch.GetElapsedTime(start).TotalSeconds));
        }

        return ((Middle(t => t.Processor), Middle(t => t.Elapsed)), result);

        double Middle(Func<(double Processor, double Elapsed), double> of) => times.Select(of).Order().ElementAt(repetitions / 2);
    }
}
