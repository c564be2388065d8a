using System.Diagnostics;
using Npgsql;

namespace SiOutcomeLab.Storage.Tests.Catalogue.Postgres;

/// <summary>
/// A PostgreSQL server of the test process's own, from Debian's programs, in a temporary folder and on a socket there; it ends with the
/// process, however that ends. <c>SILAB_POSTGRES</c> names another server instead, where the tests may make databases.
/// </summary>
internal static class PrivatePostgres
{
    /// <summary>The superuser's database, which tests only make others from.</summary>
    public static Task<string> ConnectionAsync() => Started.Value;

    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    /// <summary>Skips the test where no server can be had; with <c>SILAB_REQUIRE=all</c> it fails instead.</summary>
    public static void Need()
    {
        if (Named is not null || Programs() is not null) return;
        const string Missing = "PostgreSQL is not installed (Debian package postgresql), and SILAB_POSTGRES names no server.";
        Assert.False(Environment.GetEnvironmentVariable("SILAB_REQUIRE") == "all", $"SILAB_REQUIRE=all, but {Missing}");
        Assert.Skip(Missing);
    }

    /// <summary>A new, empty database; the connection text that names it.</summary>
    public static async Task<string> NewDatabaseAsync(CancellationToken cancellationToken)
    {
        Need();
        var text = await ConnectionAsync();
        var name = "t" + Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(text);
        await connection.OpenAsync(cancellationToken);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(text) { Database = name, Pooling = true }.ConnectionString;
    }

    private static string? Named => Environment.GetEnvironmentVariable("SILAB_POSTGRES");

    /// <summary>The folder of Debian's newest programs; null where there are none.</summary>
    public static string? Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .Where(d => File.Exists(Path.Combine(d, "bin", "initdb")) && int.TryParse(Path.GetFileName(d), out _))
            .OrderByDescending(d => int.Parse(Path.GetFileName(d)))
            .Select(d => Path.Combine(d, "bin"))
            .FirstOrDefault()
        : null;

    private static async Task<string> StartAsync()
    {
        if (Named is { } named) return named;

        // Ordered as Swedish is by default: text that the catalogue orders must say for itself that it goes by bytes. The server stops when
        // nobody holds its standard input open any more.
        const string Script = """
            set -e
            bin="$1"; dir="$(mktemp -d /tmp/silab-pg-XXXXXX)"
            "$bin/initdb" -D "$dir/data" -U silab -A trust -E UTF8 --locale-provider=icu --icu-locale=sv --locale=C >/dev/null
            "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=200 -c shared_buffers=32MB </dev/null >"$dir/log" 2>&1 &
            server=$!
            echo "$dir"
            cat >/dev/null || true
            kill -QUIT $server || true
            wait $server || true
            rm -rf "$dir"
            """;
        string[] script = ["-c", Script, "sh", Programs()!];
        string[] asOther = ["-u", "postgres", "--", "sh", .. script];

        // PostgreSQL refuses to run as root.
        var start = Environment.UserName == "root" ? new ProcessStartInfo("runuser", asOther) : new ProcessStartInfo("sh", script);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = "/";
        var process = Process.Start(start)!;
        var folder = await process.StandardOutput.ReadLineAsync();
        if (folder is null) throw new InvalidOperationException("PostgreSQL did not start: " + await process.StandardError.ReadToEndAsync());
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.StandardInput.Close();
            process.WaitForExit(10_000);
        };

        var text = $"Host={folder};Username=silab;Database=postgres;Pooling=false";
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                await using var connection = new NpgsqlConnection(text);
                await connection.OpenAsync();
                return text;
            }
            catch (NpgsqlException) when (waited.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(100);
            }
        }
    }
}
