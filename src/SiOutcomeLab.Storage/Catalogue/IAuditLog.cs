using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>
/// The append-only log of acts. Entries are chained by <see cref="AuditChain"/>; appends of many callers are committed together.
/// </summary>
public interface IAuditLog
{
    /// <summary>Appends an entry, and returns when it is durable: for acts that change something, before they are acknowledged.</summary>
    /// <exception cref="CatalogueUnavailableException">The catalogue did not take it, and whatever was done must not be acknowledged; the entry is tried again.</exception>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>
    /// Hands an entry over, to be durable within about a quarter of a second: for acts that only read. Waits only when the log cannot keep
    /// up. Entries handed over and not yet durable are lost when the machine stops dead.
    /// </summary>
    ValueTask EnqueueAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Waits until everything handed over before is durable.</summary>
    Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>Entries in their order.</summary>
    /// <param name="organisation">One organisation's; null for all.</param>
    /// <param name="after">The number after which to begin; 0 for the first.</param>
    /// <param name="limit">The most entries, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<AuditRecord>> ListAsync(OrganisationId? organisation, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Where the chain ends.</summary>
    Task<AuditHead> HeadAsync(CancellationToken cancellationToken);

    /// <summary>Reckons the whole chain again.</summary>
    /// <param name="expected">A head kept from before, which the chain must still pass through; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<AuditVerdict> VerifyAsync(AuditHead? expected, CancellationToken cancellationToken);
}

/// <summary>What became of a check of the chain.</summary>
/// <param name="Head">Where the chain ended when the check began.</param>
/// <param name="Checked">Entries found in order.</param>
/// <param name="Break">The first broken place; null when the chain is whole.</param>
public sealed record AuditVerdict(AuditHead Head, long Checked, AuditBreak? Break);

/// <summary>The first place where a chain does not hold.</summary>
/// <param name="Sequence">The entry's number.</param>
/// <param name="Kind">What is wrong there.</param>
public sealed record AuditBreak(long Sequence, AuditBreakKind Kind);

/// <summary>How a chain can be broken.</summary>
public enum AuditBreakKind
{
    /// <summary>The entry, or one before it, has been changed or put in another's place: its hash is not what it should be.</summary>
    Changed = 1,

    /// <summary>The entry is not there.</summary>
    Missing = 2,

    /// <summary>The chain ends before the head that was kept.</summary>
    EndsEarly = 3,

    /// <summary>The chain is whole and another than the one whose head was kept: it has been written anew.</summary>
    Rewritten = 4,
}
