using Dapper;
using Microsoft.Data.Sqlite;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Storage.Tests.Catalogue.Sqlite;

public sealed class SqliteIdentityCatalogueTests : IdentityCatalogueContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqliteAuditLogTests : AuditTamperingContract
{
    private readonly SqliteFile _file = new();

    protected override string Unlock => "DROP TRIGGER audit_entry_is_not_changed; DROP TRIGGER audit_entry_is_not_removed; ";

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();

    protected override async Task ByHandAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        await connection.OpenAsync(Cancel);
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: Cancel));
    }
}
