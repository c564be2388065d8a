using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Protos.Audit.V1;
using Entry = SiOutcomeLab.Protos.Audit.V1.AuditEntry;
using Head = SiOutcomeLab.Protos.Audit.V1.AuditHead;

namespace SiOutcomeLab.Cli.Auditing;

/// <summary>Reckons a chain again from the entries themselves, so that the hub's own word on it is not needed.</summary>
internal static class LocalCheck
{
    public static async Task<VerifyAuditResponse> RunAsync(IAsyncEnumerable<Entry> entries, Head? expected, CancellationToken cancellationToken)
    {
        var head = new Head { Hash = AuditChain.Genesis };
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (entry.Sequence != head.Sequence + 1) return Broken(head.Sequence + 1, AuditBreakKind.Missing);
            if (AuditChain.HashOf(head.Hash, entry.Sequence, ToDomain(entry)) != entry.Hash) return Broken(entry.Sequence, AuditBreakKind.Changed);
            head = new Head { Sequence = entry.Sequence, Hash = entry.Hash };
            if (expected?.Sequence == head.Sequence && expected.Hash != head.Hash) return Broken(head.Sequence, AuditBreakKind.Rewritten);
        }

        return expected is not null && expected.Sequence > head.Sequence
            ? Broken(head.Sequence + 1, AuditBreakKind.EndsEarly)
            : new VerifyAuditResponse { Head = head, Checked = head.Sequence };

        VerifyAuditResponse Broken(long sequence, AuditBreakKind kind) =>
            new() { Head = head, Checked = head.Sequence, Break = new AuditBreak { Sequence = sequence, Kind = kind } };
    }

    private static Domain.Identity.AuditEntry ToDomain(Entry entry) => new(
        entry.At.ToDateTimeOffset(),
        new OrganisationId(entry.Organisation),
        entry.Subject,
        (AuthenticationKind)entry.Authentication,
        entry.Call,
        entry.Resource,
        entry.Outcome,
        entry.Count);
}
