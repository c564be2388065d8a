using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Pipelines.Benchmarks;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Scheduling;
using SiOutcomeLab.Programme.Lab;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Programme.Nightly;

/// <summary>
/// One night over a prepared country, on a copy of its catalogue: the hub's own scheduler finds what is due, runs it, and makes the
/// benchmarks; the night is over when nothing is due any more.
/// </summary>
internal sealed class Night(string folder, PreparedCountry country, long memoryBytes, int readThreads, int concurrentRuns)
{
    // Half seconds in which nothing is queued before what is still due counts as failed.
    private const int MostStill = 80;

    // As a hub has them that nobody has told otherwise.
    private static readonly CostingTerms Terms = new(UnitCostRegister.Shipped, ["full-cost", "municipal-fee"], "kpi", 2024, DiscountRate.ThreeAndAHalfPercent);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public async Task<NightRow> RunAsync(CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateDirectory(Path.Combine(folder, $"night-{Environment.ProcessId}")).FullName;
        try
        {
            var copy = Path.Combine(scratch, "catalogue.db");
            // A country that an earlier build prepared is as good.
            File.Copy(Path.Combine(folder, "catalogue.db"), copy);
            // The scheduler keeps real time, and every look of the made years is due by it.
            var clock = TimeProvider.System;
            await using var catalogue = await SqliteCatalogue.UpgradeAsync(copy, clock, cancellationToken);
            return await RunAsync(catalogue, clock, Path.Combine(scratch, "scheduler.db"), cancellationToken);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private async Task<NightRow> RunAsync(SqliteCatalogue catalogue, TimeProvider clock, string scheduler, CancellationToken cancellationToken)
    {
        var stages = new StageTimes();
        var calls = new CallTimes { Began = stages.Began, Ended = stages.Ended };
        using var lake = new FolderLake(Path.Combine(folder, "lake"), clock);
        using var followUp = new FollowUpCache(memoryBytes, readThreads);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        AddHub(builder.Services, TimedCalls<ICatalogue>.Around(catalogue, calls), TimedCalls<ILake>.Around(lake, calls), followUp, clock);
        builder.Services.AddEvaluationScheduler(new SchedulerStore.SqliteFile(scheduler), TimeSpan.FromSeconds(10), concurrentRuns, CountryLab.NightBegins);
        using var host = builder.Build();
        var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await host.StartAsync(cancellationToken);
        var runsDone = await WaitAsync(catalogue, start, cancellationToken);
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        await host.StopAsync(cancellationToken);
        var runs = await RunsAsync(catalogue, cancellationToken);
        var estimated = await EstimatedAsync(catalogue, runs, cancellationToken);
        var benchmarks = await catalogue.Benchmarks.CurrentLooksAsync(cancellationToken);
        using var self = Process.GetCurrentProcess();
        return new NightRow(
            country, runs.Count, runs.Count(r => r.State == RunState.Succeeded), estimated, BenchmarkInputs.Of(benchmarks).Count, took, runsDone,
            processor, self.PeakWorkingSet64 / 1e6, followUp.Readings,
            [.. stages.Seconds.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new Part(s.Key, 0, s.Value))],
            [.. calls.All.Take(12).Select(c => new Part(c.Name, c.Calls, c.Seconds))]);
    }

    private static void AddHub(IServiceCollection services, ICatalogue catalogue, ILake lake, FollowUpCache followUp, TimeProvider clock)
    {
        services.AddLogging(log => log.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(clock);
        services.AddSingleton(catalogue);
        services.AddSingleton(s => new RunExecutor(
            catalogue, lake, followUp, Policies.For, CountryLab.CodeVersion, clock, s.GetRequiredService<ILogger<RunExecutor>>()));
        services.AddSingleton(Terms);
        services.AddSingleton(s => new RunCosting(
            catalogue, lake, followUp, Terms, Policies.For, clock, s.GetRequiredService<ILogger<RunCosting>>()));
        services.AddSingleton(new CostPooling(catalogue, lake, followUp, Terms, Policies.For, clock));
        services.AddSingleton(new BenchmarkPipeline(catalogue, lake, followUp, Policies.For, CountryLab.CodeVersion, clock));
    }

    // Asks the stores beside the clocks, so that the asking is not among what is told.
    private async Task<double> WaitAsync(SqliteCatalogue catalogue, long start, CancellationToken cancellationToken)
    {
        double? runsDone = null;
        var still = 0;
        while (true)
        {
            await Task.Delay(Look, cancellationToken);
            if ((await catalogue.Runs.UnfinishedAsync(cancellationToken)).Count > 0)
            {
                still = 0;
                continue;
            }

            // The next looks are queued at the next turn; what has failed for good stays due, and is not waited for.
            if (++still < MostStill && (await catalogue.Plans.DueAsync(country.DueOn, cancellationToken)).Count > 0) continue;
            if ((await new DueCosts(catalogue, Terms).FindAsync(cancellationToken)).Count > 0) continue;
            runsDone ??= Stopwatch.GetElapsedTime(start).TotalSeconds;
            if ((await new DueCostPools(catalogue, Terms).FindAsync(cancellationToken)).Count > 0) continue;
            if ((await new DueBenchmarks(catalogue).FindAsync(cancellationToken)).Count == 0) return runsDone.Value;
        }
    }

    private static async Task<IReadOnlyList<Run>> RunsAsync(SqliteCatalogue catalogue, CancellationToken cancellationToken)
    {
        const int Page = 500;
        var runs = new List<Run>();
        for (RunCursor? at = null; ;)
        {
            var page = await catalogue.Runs.ListAsync(null, null, at, Page, cancellationToken);
            runs.AddRange(page);
            if (page.Count < Page) return runs;
            at = new RunCursor(page[^1].QueuedAt, page[^1].Id);
        }
    }

    private static async Task<int> EstimatedAsync(SqliteCatalogue catalogue, IReadOnlyList<Run> runs, CancellationToken cancellationToken)
    {
        var estimated = 0;
        foreach (var run in runs)
        {
            if (await catalogue.Runs.ResultAsync(run.Id, cancellationToken) is { } result && EvaluationResults.Decode(result).Estimates[0].Estimate is not null)
            {
                estimated++;
            }
        }

        return estimated;
    }
}
