using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;
using SiOutcomeLab.Pipelines.Benchmarks;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>Quartz on its own SQLite file or on a shared PostgreSQL database, with the recurring jobs that find due runs, benchmarks and kronor.</summary>
public static class SchedulerSetup
{
    /// <summary>Adds the scheduler and its jobs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="kept">Where it keeps what is to run.</param>
    /// <param name="interval">How often due runs, benchmarks and kronor are looked for.</param>
    /// <param name="concurrentRuns">The most runs that this process works on at once; positive.</param>
    /// <param name="nightBeginsAt">When the night's turn is, by Swedish clocks.</param>
    public static IServiceCollection AddEvaluationScheduler(
        this IServiceCollection services, SchedulerStore kept, TimeSpan interval, int concurrentRuns, TimeOnly nightBeginsAt)
    {
        services.AddSingleton(s => new NightlyTurn(
            s.GetRequiredService<ICatalogue>(), nightBeginsAt, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<NightlyTurn>>()));
        services.AddSingleton(s => new RunRoom(RunRoom.IsMemoryShort, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DueRuns>();
        services.AddSingleton<RunStarts>();
        services.AddSingleton<DueRunsCall>();
        services.AddSingleton<DueBenchmarks>();
        services.AddSingleton<DueCosts>();
        services.AddSingleton<CostingRestart>();
        services.AddSingleton<DueCostPools>();
        services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store =>
            {
                store.ProvisionSchema();
                store.ConfigureStore(o => o.StoreJobDataAsStrings = true);
                kept.Use(store);
            });
            // The recurring jobs, and what is asked for of them meanwhile, have threads of their own.
            quartz.UseDefaultThreadPool(concurrentRuns + 5);
            quartz.UseExecutionLimits(limits => limits.ForGroup(EvaluationJob.Group, concurrentRuns));
            var runs = DueRunsJob.Key;
            quartz.AddJob<DueRunsJob>(j => j.WithIdentity(runs));
            quartz.AddTrigger(t => t.ForJob(runs).WithIdentity("due-runs", "evaluation-schedule").StartNow().WithSimpleSchedule(Every));
            var benchmarks = new JobKey("due-benchmarks", "evaluation-schedule");
            quartz.AddJob<DueBenchmarksJob>(j => j.WithIdentity(benchmarks));
            quartz.AddTrigger(t => t.ForJob(benchmarks).WithIdentity("due-benchmarks", "evaluation-schedule").StartNow().WithSimpleSchedule(Every));
            var costs = DueCostsJob.Key;
            quartz.AddJob<DueCostsJob>(j => j.WithIdentity(costs));
            quartz.AddTrigger(t => t.ForJob(costs).WithIdentity("due-costs", "evaluation-schedule").StartNow().WithSimpleSchedule(Every));
            var pools = new JobKey("due-cost-pools", "evaluation-schedule");
            quartz.AddJob<DueCostPoolsJob>(j => j.WithIdentity(pools));
            quartz.AddTrigger(t => t.ForJob(pools).WithIdentity("due-cost-pools", "evaluation-schedule").StartNow().WithSimpleSchedule(Every));
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        services.AddHostedService(s => new ScheduleWatch(
            s.GetRequiredService<ISchedulerFactory>(), interval, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ScheduleWatch>>()));
        return services;

        void Every(SimpleScheduleBuilder schedule) =>
            schedule.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount);
    }
}
