using Npgsql;

namespace SiOutcomeLab.Storage.Catalogue.Postgres;

/// <summary>How to reach a PostgreSQL database. The text holds a password: nothing here shows it, and no error does.</summary>
public sealed class PostgresConnection
{
    // More than all threads of a hub's scheduler, five seconds each.
    private const int SchedulerPatienceSeconds = 120;

    private readonly NpgsqlConnectionStringBuilder _builder;

    private PostgresConnection(NpgsqlConnectionStringBuilder builder) => _builder = builder;

    /// <summary>
    /// The connection text in full, for the scheduler's own driver settings; never for a log. The server ends a transaction in whose midst
    /// a hub has stood still for five seconds: the lock that all schedulers take turns by would be held for as long as it stands. Whoever of
    /// the hub's threads stood in line for it then gets it in turn, and holds it as long; a scheduler waits for them all, so that one that
    /// starts meanwhile does start.
    /// </summary>
    public string SchedulerSecret
    {
        get
        {
            var builder = With("-c idle_in_transaction_session_timeout=5s");
            builder.CommandTimeout = SchedulerPatienceSeconds;
            return builder.ConnectionString;
        }
    }

    /// <summary>Reads a connection text: <c>Host=…;Database=…;Username=…;Password=…</c>, with any of Npgsql's other words.</summary>
    /// <returns>Null when it is none, or names no host or database.</returns>
    public static PostgresConnection? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            // Error details of the server hold values of rows, and logged parameters are values of rows.
            var builder = new NpgsqlConnectionStringBuilder(text.Trim()) { IncludeErrorDetail = false, LogParameters = false, PersistSecurityInfo = false };
            if (string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database)) return null;
            if (string.IsNullOrEmpty(builder.ApplicationName)) builder.ApplicationName = "silab-hub";
            return new PostgresConnection(builder);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            // The driver's message may repeat a piece of the text.
            return null;
        }
    }

    /// <summary>Where the database is, without user and password.</summary>
    public override string ToString() => $"{_builder.Database} at {_builder.Host}";

    internal NpgsqlDataSource Source(string options) => NpgsqlDataSource.Create(With(options));

    private NpgsqlConnectionStringBuilder With(string options)
    {
        var builder = new NpgsqlConnectionStringBuilder(_builder.ConnectionString);
        builder.Options = string.IsNullOrEmpty(builder.Options) ? options : $"{builder.Options} {options}";
        return builder;
    }
}
