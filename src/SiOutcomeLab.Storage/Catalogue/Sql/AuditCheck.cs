using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>One walk along the audit chain, up to a head; entries that come later do not disturb it.</summary>
internal sealed class AuditCheck(ICatalogueDatabase database, AuditHead head, AuditHead? expected)
{
    private const int Page = 1000;
    private long _sequence;
    private string _hash = AuditChain.Genesis;

    public async Task<AuditVerdict> RunAsync(CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {AuditRow.Columns} FROM audit_entry WHERE sequence > @after AND sequence <= @last ORDER BY sequence LIMIT @page";
        if (expected is { Sequence: 0 } && expected.Hash != AuditChain.Genesis) return Verdict(new AuditBreak(0, AuditBreakKind.Rewritten));
        while (true)
        {
            var rows = await database.ListAsync<AuditRow>(Sql, new { after = _sequence, last = head.Sequence, page = Page }, cancellationToken);
            foreach (var row in rows)
            {
                if (BreakAt(row) is { } broken) return Verdict(broken);
            }

            if (rows.Count < Page) break;
        }

        if (_sequence < head.Sequence) return Verdict(new AuditBreak(_sequence + 1, AuditBreakKind.Missing));
        if (_hash != head.Hash) return Verdict(new AuditBreak(_sequence, AuditBreakKind.Changed));
        return Verdict(expected is not null && expected.Sequence > _sequence ? new AuditBreak(_sequence + 1, AuditBreakKind.EndsEarly) : null);
    }

    private AuditBreak? BreakAt(AuditRow row)
    {
        if (row.Sequence != _sequence + 1) return new AuditBreak(_sequence + 1, AuditBreakKind.Missing);
        try
        {
            if (AuditChain.HashOf(_hash, row.Sequence, row.ToRecord().Entry) != row.Hash) return new AuditBreak(row.Sequence, AuditBreakKind.Changed);
        }
        catch (FormatException)
        {
            return new AuditBreak(row.Sequence, AuditBreakKind.Changed);
        }

        (_sequence, _hash) = (row.Sequence, row.Hash);
        return expected is not null && expected.Sequence == _sequence && expected.Hash != _hash
            ? new AuditBreak(_sequence, AuditBreakKind.Rewritten)
            : null;
    }

    private AuditVerdict Verdict(AuditBreak? broken) => new(head, _sequence, broken);
}
