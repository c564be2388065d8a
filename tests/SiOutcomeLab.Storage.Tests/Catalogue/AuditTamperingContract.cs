using System.Data.Common;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

/// <summary>The chain, also against somebody with a shell on the database.</summary>
public abstract class AuditTamperingContract : AuditLogContract
{
    public static TheoryData<string, long, AuditBreakKind> Tampering => new()
    {
        { "UPDATE audit_entry SET outcome = 'PERMISSION_DENIED' WHERE sequence = 4", 4, AuditBreakKind.Changed },
        { "UPDATE audit_entry SET subject = 'bertil' WHERE sequence = 1", 1, AuditBreakKind.Changed },
        { "UPDATE audit_entry SET organisation = '2480' WHERE sequence = 4", 4, AuditBreakKind.Changed },
        { "UPDATE audit_entry SET authentication = 2 + 1 WHERE sequence = 4", 4, AuditBreakKind.Changed },
        { "UPDATE audit_entry SET call = call || 's' WHERE sequence = 4", 4, AuditBreakKind.Changed },
        { "UPDATE audit_entry SET count = 2 WHERE sequence = 4", 4, AuditBreakKind.Changed },
        { "UPDATE audit_entry SET at = '2020-01-01T00:00:00.0000000Z' WHERE sequence = 4", 4, AuditBreakKind.Changed },
        { "UPDATE audit_entry SET at = 'yesterday' WHERE sequence = 4", 4, AuditBreakKind.Changed },
        { "UPDATE audit_entry SET resource = '', call = call || resource WHERE sequence = 4", 4, AuditBreakKind.Changed },
        { "UPDATE audit_entry SET hash = (SELECT hash FROM audit_entry WHERE sequence = 3) WHERE sequence = 4", 4, AuditBreakKind.Changed },
        { "DELETE FROM audit_entry WHERE sequence = 4", 4, AuditBreakKind.Missing },
        { "DELETE FROM audit_entry WHERE sequence = 1", 1, AuditBreakKind.Missing },
        { "DELETE FROM audit_entry WHERE sequence = 6", 6, AuditBreakKind.Missing },
        { "DELETE FROM audit_entry", 1, AuditBreakKind.Missing },

        // Removed, and the later ones moved up to close the gap.
        { "DELETE FROM audit_entry WHERE sequence = 3; UPDATE audit_entry SET sequence = sequence - 1 WHERE sequence > 3", 3, AuditBreakKind.Changed },

        // Two put in each other's place, with their hashes and without.
        { Swap(3, 4, "sequence"), 3, AuditBreakKind.Changed },
        { "UPDATE audit_entry SET resource = CASE sequence WHEN 3 THEN 'runs/4' ELSE 'runs/3' END WHERE sequence IN (3, 4)", 3, AuditBreakKind.Changed },

        // The end told otherwise than the last entry has it.
        { "UPDATE audit_head SET hash = (SELECT hash FROM audit_entry WHERE sequence = 5)", 6, AuditBreakKind.Changed },

        // Cut off at the end, with and without the head set back.
        { "DELETE FROM audit_entry WHERE sequence > 4", 5, AuditBreakKind.Missing },
        {
            "DELETE FROM audit_entry WHERE sequence > 4; UPDATE audit_head SET sequence = 4, hash = (SELECT hash FROM audit_entry WHERE sequence = 4)",
            5, AuditBreakKind.EndsEarly
        },
    };

    /// <summary>Statements that take away what keeps a slip of a hand from the log.</summary>
    protected abstract string Unlock { get; }

    /// <summary>Runs statements beside the catalogue.</summary>
    protected abstract Task ByHandAsync(string sql);

    [Theory(Timeout = Limit)]
    [MemberData(nameof(Tampering))]
    public async Task Verify_ChangedByHand_NamesTheFirstBrokenPlace(string sql, long place, AuditBreakKind kind)
    {
        for (var i = 1; i <= 6; i++) await Catalogue.Audit.AppendAsync(Entry(i), Cancel);
        var kept = await Catalogue.Audit.HeadAsync(Cancel);
        Assert.Null((await Catalogue.Audit.VerifyAsync(kept, Cancel)).Break);

        await ByHandAsync(Unlock + sql);

        Assert.Equal(new AuditBreak(place, kind), (await Catalogue.Audit.VerifyAsync(kept, Cancel)).Break);
    }

    [Fact(Timeout = Limit)]
    public async Task Verify_WrittenAnewFromTheChange_IsCaughtByTheKeptHead()
    {
        for (var i = 1; i <= 6; i++) await Catalogue.Audit.AppendAsync(Entry(i), Cancel);
        var kept = await Catalogue.Audit.HeadAsync(Cancel);
        await ByHandAsync(Unlock + "UPDATE audit_entry SET subject = 'bertil' WHERE sequence = 4");
        var hash = AuditChain.Genesis;
        foreach (var record in await Catalogue.Audit.ListAsync(null, 0, 10, Cancel))
        {
            hash = AuditChain.HashOf(hash, record.Sequence, record.Entry);
            await ByHandAsync($"UPDATE audit_entry SET hash = '{hash}' WHERE sequence = {record.Sequence}");
        }

        await ByHandAsync($"UPDATE audit_head SET hash = '{hash}'");

        Assert.Null((await Catalogue.Audit.VerifyAsync(null, Cancel)).Break);
        Assert.Equal(new AuditBreak(6, AuditBreakKind.Rewritten), (await Catalogue.Audit.VerifyAsync(kept, Cancel)).Break);
    }

    [Theory(Timeout = Limit)]
    [InlineData("UPDATE audit_entry SET subject = 'bertil'")]
    [InlineData("DELETE FROM audit_entry")]
    public async Task Entry_ChangedByASlip_IsRefused(string sql)
    {
        await Catalogue.Audit.AppendAsync(Entry(1), Cancel);

        await Assert.ThrowsAnyAsync<DbException>(() => ByHandAsync(sql));

        Assert.Null((await Catalogue.Audit.VerifyAsync(null, Cancel)).Break);
    }

    [Fact(Timeout = Limit)]
    public async Task Append_CatalogueBroken_TellsWhoWaitsAndLosesNothing()
    {
        await Catalogue.Audit.AppendAsync(Entry(1), Cancel);
        await ByHandAsync("ALTER TABLE audit_head RENAME TO audit_head_away");
        await Catalogue.Audit.EnqueueAsync(Entry(2), Cancel);
        await Assert.ThrowsAnyAsync<DbException>(() => Catalogue.Audit.AppendAsync(Entry(3), Cancel));

        await ByHandAsync("ALTER TABLE audit_head_away RENAME TO audit_head");
        await Catalogue.Audit.AppendAsync(Entry(4), Cancel);

        // What entry 3 tells of may have been done, though its call was answered with a failure.
        Assert.Equal(["runs/1", "runs/2", "runs/3", "runs/4"], (await Catalogue.Audit.ListAsync(null, 0, 10, Cancel)).Select(e => e.Entry.Resource));
        Assert.Null((await Catalogue.Audit.VerifyAsync(null, Cancel)).Break);
    }

    private static string Swap(int one, int other, string column) =>
        $"UPDATE audit_entry SET {column} = -1 WHERE sequence = {one}; UPDATE audit_entry SET {column} = {one} WHERE sequence = {other}; "
        + $"UPDATE audit_entry SET {column} = {other} WHERE sequence = -1";
}
