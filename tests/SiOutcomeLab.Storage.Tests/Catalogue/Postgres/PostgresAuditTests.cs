using Dapper;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Postgres;

namespace SiOutcomeLab.Storage.Tests.Catalogue.Postgres;

public sealed class PostgresAuditLogTests : AuditTamperingContract
{
    private readonly PostgresSchema _schema = new();

    protected override string Unlock =>
        "DROP TRIGGER audit_entry_is_not_changed ON audit_entry; DROP TRIGGER audit_entry_is_not_removed ON audit_entry; ";

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();

    protected override async Task ByHandAsync(string sql)
    {
        await using var connection = await _schema.RawAsync(Cancel);
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Append_ByThreeHubsAtOnce_IsOneWholeChain()
    {
        await using var second = await PostgresCatalogue.OpenAsync(_schema.Connection(), cancellationToken: Cancel);
        await using var third = await PostgresCatalogue.OpenAsync(_schema.Connection(), cancellationToken: Cancel);
        IAuditLog[] logs = [Catalogue.Audit, second.Audit, third.Audit];

        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => logs[i % 3].AppendAsync(Entry(i), Cancel)));

        var verdict = await Catalogue.Audit.VerifyAsync(null, Cancel);
        Assert.Null(verdict.Break);
        Assert.Equal(300, verdict.Checked);
        var entries = await Catalogue.Audit.ListAsync(null, 0, 1000, Cancel);
        Assert.Equal(300, entries.Select(e => e.Entry.Resource).Distinct().Count());
    }
}
