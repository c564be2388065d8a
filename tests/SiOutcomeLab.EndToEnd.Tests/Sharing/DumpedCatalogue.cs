using System.Diagnostics;
using Npgsql;
using SiOutcomeLab.Storage.Tests.Catalogue.Postgres;

namespace SiOutcomeLab.EndToEnd.Tests.Sharing;

/// <summary>A PostgreSQL catalogue backed up and put back by PostgreSQL's own programs, as OPERATION.md tells.</summary>
internal static class DumpedCatalogue
{
    public static Task MakeAsync(string connection, string file) => RunAsync("pg_dump", connection, "--format=custom", "--file", file);

    /// <summary>Puts a dump into a new database; the connection text that names it.</summary>
    public static async Task<string> PutBackAsync(string file)
    {
        var connection = await PrivatePostgres.NewDatabaseAsync(Cancel.Token);
        var database = new NpgsqlConnectionStringBuilder(connection).Database!;
        await RunAsync("pg_restore", connection, "--exit-on-error", "--no-owner", "--dbname", database, file);
        return connection;
    }

    private static async Task RunAsync(string program, string connection, params string[] arguments)
    {
        var folder = PrivatePostgres.Programs();
        Programs.Need(folder is not null, "Debian's PostgreSQL client");
        var text = new NpgsqlConnectionStringBuilder(connection);
        var start = Programs.Start(Path.Combine(folder!, program), arguments);
        start.Environment["PGHOST"] = text.Host;
        start.Environment["PGPORT"] = $"{text.Port}";
        start.Environment["PGUSER"] = text.Username;
        start.Environment["PGDATABASE"] = text.Database;
        if (text.Password is { } password) start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancel.Token), process.StandardError.ReadToEndAsync(Cancel.Token));
        await process.WaitForExitAsync(Cancel.Token).WaitAsync(TimeSpan.FromSeconds(120), Cancel.Token);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await error} {await output}");
    }
}
