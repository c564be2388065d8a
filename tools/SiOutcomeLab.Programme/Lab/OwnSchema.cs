using Npgsql;

namespace SiOutcomeLab.Programme.Lab;

/// <summary>A database schema for one lab's catalogue, that goes when it is done with.</summary>
internal sealed class OwnSchema : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"reproduce_{Environment.ProcessId}";

    private OwnSchema(string server) => _server = server;

    /// <summary>Makes the schema, and names it in the lab's folder.</summary>
    /// <param name="server">The connection text of a database in which schemas may be made.</param>
    /// <param name="folder">The lab's folder.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<OwnSchema> MakeAsync(string server, string folder, CancellationToken cancellationToken)
    {
        var schema = new OwnSchema(server);
        await schema.ExecuteAsync($"CREATE SCHEMA {schema._name}", cancellationToken);
        var text = new NpgsqlConnectionStringBuilder(server) { SearchPath = schema._name }.ConnectionString;
        await File.WriteAllTextAsync(Path.Combine(folder, CountryLab.ConnectionFile), text, cancellationToken);
        return schema;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP SCHEMA {_name} CASCADE", CancellationToken.None);

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
