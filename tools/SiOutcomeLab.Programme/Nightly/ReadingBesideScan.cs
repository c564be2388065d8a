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
        var (rows, store) = (0L, (FollowUpStore?)null);
        var (scan, reading, shared) = (new Laps(), new Laps(), new Laps());
        for (var i = -1; i < repetitions; i++)
        {
            await scan.TakeAsync(i >= 0, async () => rows = await new BareScan(lake, columns).RunAsync(request.Submissions, cancellationToken));
            await reading.TakeAsync(i >= 0, async () => store = await new FollowUpReader(lake, long.MaxValue, 1).ReadAsync(request, cancellationToken));
            await shared.TakeAsync(i >= 0, async () => store = await new FollowUpReader(lake, long.MaxValue, 2).ReadAsync(request, cancellationToken));
        }

        var (scanned, read) = (scan.Took, reading.Took);
        return new ReadingRow(
            scanned.Processor.Median, read.Processor.Median, scanned.Wall.Median, read.Wall.Median, shared.Took.Wall.Median, rows, store!.Bytes / 1e6);
    }
}
