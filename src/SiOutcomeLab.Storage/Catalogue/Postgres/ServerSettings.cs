using System.Data.Common;
using SiOutcomeLab.Storage.Catalogue.Sql;

namespace SiOutcomeLab.Storage.Catalogue.Postgres;

/// <summary>What the hub asks of a PostgreSQL server before it trusts it.</summary>
internal static class ServerSettings
{
    private const long OldestVersion = 140_000;

    /// <exception cref="CatalogueOpenException">The server's settings do not keep what it acknowledges, or it is of another kind.</exception>
    /// <exception cref="CatalogueUnavailableException">The server does not answer.</exception>
    public static async Task RequireAsync(ICatalogueDatabase database, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT CAST(current_setting('server_version_num') AS BIGINT) AS Version, current_setting('server_encoding') AS Encoding,
                current_setting('synchronous_commit') AS SynchronousCommit, current_setting('fsync') AS Fsync,
                current_setting('full_page_writes') AS FullPageWrites, CAST(current_schema() AS TEXT) AS Schema, pg_is_in_recovery() AS IsStandby
            """;
        var found = await database.FirstOrDefaultAsync<Found>(Sql, null, cancellationToken);
        if (found is null || Complaint(found) is not { } complaint) return;
        throw new CatalogueOpenException(CatalogueOpenProblem.UnfitServer, $"The catalogue's server is unfit: {complaint}");
    }

    /// <summary>Whether the server said no to the hub itself: password, right, database, schema.</summary>
    public static bool IsRefusal(DbException exception) =>
        exception.SqlState is not { } state
        || state.StartsWith("28", StringComparison.Ordinal) || state is "3D000" or "3F000" or "42501";

    private static string? Complaint(Found found)
    {
        if (found.Version < OldestVersion) return "it is older than PostgreSQL 14; use 14 or later.";
        if (found.Encoding != "UTF8") return $"its encoding is {found.Encoding}; make the database with ENCODING 'UTF8'.";
        if (found.Schema is null) return "no schema of the search path exists; make one, or name one with 'Search Path=' in the connection text.";
        if (found.IsStandby) return "it is a standby, which takes no writes; name the primary.";
        if (found.SynchronousCommit is not ("on" or "remote_apply"))
        {
            return $"synchronous_commit is {found.SynchronousCommit}, so that it acknowledges what it may lose; set it to on.";
        }

        if (found.Fsync != "on") return "fsync is off, so that it acknowledges what it may lose; set it to on.";
        return found.FullPageWrites == "on" ? null : "full_page_writes is off, so that a power loss may tear its pages; set it to on.";
    }

    private sealed class Found
    {
        public long Version { get; init; }

        public string Encoding { get; init; } = string.Empty;

        public string SynchronousCommit { get; init; } = string.Empty;

        public string Fsync { get; init; } = string.Empty;

        public string FullPageWrites { get; init; } = string.Empty;

        public string? Schema { get; init; }

        public bool IsStandby { get; init; }
    }
}
