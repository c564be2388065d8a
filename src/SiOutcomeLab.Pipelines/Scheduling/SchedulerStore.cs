using Microsoft.Data.Sqlite;
using Quartz;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>Where the scheduler keeps what is to run.</summary>
public abstract record SchedulerStore
{
    private SchedulerStore()
    {
    }

    internal abstract void Use(IPersistentStoreBuilder store);

    /// <summary>A SQLite file of its own.</summary>
    /// <param name="Path">The file; made when missing. Held by one process alone: the data folder's lock sees to it.</param>
    public sealed record SqliteFile(string Path) : SchedulerStore
    {
        internal override void Use(IPersistentStoreBuilder store)
        {
            // The write-ahead log is a property of the file, and Quartz does not set it.
            var connectionString = new SqliteConnectionStringBuilder { DataSource = Path, Pooling = true }.ToString();
            using (var connection = new SqliteConnection(connectionString))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "pragma journal_mode = wal";
                command.ExecuteNonQuery();
            }

            store.UseSqlite(connectionString);
        }
    }

    /// <summary>
    /// A PostgreSQL database that the schedulers of all hubs share. One of them fires what is due; when it does not check in any more,
    /// another takes its work up. The hubs' clocks must agree within a second.
    /// </summary>
    /// <param name="Connection">The connection text; holds a password.</param>
    /// <param name="CheckIn">How often each scheduler says that it lives; one that has not for twice as long counts as dead.</param>
    public sealed record SharedPostgres(string Connection, TimeSpan CheckIn) : SchedulerStore
    {
        /// <summary>Without the password.</summary>
        public override string ToString() => nameof(SharedPostgres);

        internal override void Use(IPersistentStoreBuilder store)
        {
            store.UsePostgres(Connection);
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = CheckIn;
                cluster.CheckinMisfireThreshold = CheckIn;
            });
        }
    }
}
