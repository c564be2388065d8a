using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>Quartz on its own SQLite file, with the recurring job that finds due runs.</summary>
public static class SchedulerSetup
{
    /// <summary>Adds the scheduler and its jobs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="sqlitePath">The scheduler's database file; made when missing. Held by one process alone: the data folder's lock sees to it.</param>
    /// <param name="interval">How often due runs are looked for.</param>
    public static IServiceCollection AddEvaluationScheduler(this IServiceCollection services, string sqlitePath, TimeSpan interval)
    {
        // The write-ahead log is a property of the file, and Quartz does not set it.
        var connectionString = new SqliteConnectionStringBuilder { DataSource = sqlitePath, Pooling = true }.ToString();
        using (var connection = new SqliteConnection(connectionString))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma journal_mode = wal";
            command.ExecuteNonQuery();
        }

        services.AddSingleton<DueRuns>();
        services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store =>
            {
                store.ProvisionSchema();
                store.ConfigureStore(o => o.StoreJobDataAsStrings = true);
                store.UseSqlite(connectionString);
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
