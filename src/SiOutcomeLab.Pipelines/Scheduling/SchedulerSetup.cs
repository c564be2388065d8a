using Microsoft.Extensions.DependencyInjection;
using Quartz;
using SiOutcomeLab.Pipelines.Benchmarks;
using SiOutcomeLab.Pipelines.Costing;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>Quartz on its own SQLite file or on a shared PostgreSQL database, with the recurring jobs that find due runs, benchmarks and kronor.</summary>
public static class SchedulerSetup
{
    /// <summary>Adds the scheduler and its jobs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="kept">Where it keeps what is to run.</param>
    /// <param name="interval">How often due runs, benchmarks and kronor are looked for.</param>
    public static IServiceCollection AddEvaluationScheduler(this IServiceCollection services, SchedulerStore kept, TimeSpan interval)
    {
        services.AddSingleton<DueRuns>();
        services.AddSingleton<DueBenchmarks>();
        services.AddSingleton<DueCosts>();
        services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store =>
            {
                store.ProvisionSchema();
                store.ConfigureStore(o => o.StoreJobDataAsStrings = true);
                kept.Use(store);
            });
            var runs = new JobKey("due-runs", "evaluation-schedule");
            quartz.AddJob<DueRunsJob>(j => j.WithIdentity(runs));
            quartz.AddTrigger(t => t.ForJob(runs).WithIdentity("due-runs", "evaluation-schedule").StartNow().WithSimpleSchedule(Every));
            var benchmarks = new JobKey("due-benchmarks", "evaluation-schedule");
            quartz.AddJob<DueBenchmarksJob>(j => j.WithIdentity(benchmarks));
            quartz.AddTrigger(t => t.ForJob(benchmarks).WithIdentity("due-benchmarks", "evaluation-schedule").StartNow().WithSimpleSchedule(Every));
            var costs = new JobKey("due-costs", "evaluation-schedule");
            quartz.AddJob<DueCostsJob>(j => j.WithIdentity(costs));
            quartz.AddTrigger(t => t.ForJob(costs).WithIdentity("due-costs", "evaluation-schedule").StartNow().WithSimpleSchedule(Every));
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        return services;

        void Every(SimpleScheduleBuilder schedule) =>
            schedule.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount);
    }
}
