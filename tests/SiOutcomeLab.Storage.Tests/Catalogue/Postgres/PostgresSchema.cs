using Npgsql;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Postgres;

namespace SiOutcomeLab.Storage.Tests.Catalogue.Postgres;

/// <summary>A database schema of a test's own.</summary>
internal sealed class PostgresSchema
{
    private readonly string _name = "t" + Guid.NewGuid().ToString("N");
    private string? _text;

    /// <summary>The connection text, once opened.</summary>
    public string Text => _text ?? throw new InvalidOperationException("Not made yet.");

    /// <summary>The connection, with more words of its own.</summary>
    public PostgresConnection Connection(string more = "") =>
        PostgresConnection.TryParse($"{Text};{more}") ?? throw new InvalidOperationException("No connection text.");

    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        PrivatePostgres.Need();
        if (_text is not null) return;
        var server = await PrivatePostgres.ConnectionAsync();
        await ExecuteAsync(server, $"CREATE SCHEMA {_name}", cancellationToken);
        _text = new NpgsqlConnectionStringBuilder(server) { SearchPath = _name, Pooling = true, MaxPoolSize = 20 }.ConnectionString;
    }

    public async Task<ICatalogue> OpenAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        await MakeAsync(cancel);
        return await PostgresCatalogue.OpenAsync(Connection(), cancellationToken: cancel);
    }

    /// <summary>A connection beside the catalogue's, as of somebody with a shell.</summary>
    public async Task<NpgsqlConnection> RawAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(Text + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public async ValueTask RemoveAsync()
    {
        if (_text is not null) await ExecuteAsync(await PrivatePostgres.ConnectionAsync(), $"DROP SCHEMA {_name} CASCADE", CancellationToken.None);
    }

    private static async Task ExecuteAsync(string text, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(text);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
