using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>Quartz on its own SQLite file or on a shared PostgreSQL database, with the recurring job that finds due runs.</summary>
public static class SchedulerSetup
{
    /// <summary>Adds the scheduler and its jobs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="kept">Where it keeps what is to run.</param>
    /// <param name="interval">How often due runs are looked for.</param>
    public static IServiceCollection AddEvaluationScheduler(this IServiceCollection services, SchedulerStore kept, TimeSpan interval)
    {
        services.AddSingleton<DueRuns>();
        services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store =>
            {
                store.ProvisionSchema();
                store.ConfigureStore(o => o.StoreJobDataAsStrings = true);
                kept.Use(store);
            });
            var key = new JobKey("due-runs", "evaluation-schedule");
            quartz.AddJob<DueRunsJob>(j => j.WithIdentity(key));
            quartz.AddTrigger(t => t.ForJob(key).WithIdentity("due-runs", "evaluation-schedule").StartNow()
                .WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)));
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        return services;
    }
}
