namespace SiOutcomeLab.Domain.Identity;

/// <summary>
/// One act: who, what, when and how it ended. Holds names of things and never row values, pseudonyms, tokens, or text that a caller
/// made up.
/// </summary>
/// <param name="At">When it ended (UTC).</param>
/// <param name="Organisation">Whose subject acted; <c>anonymous</c> without credentials that work.</param>
/// <param name="Subject">Who, as the organisation names it.</param>
/// <param name="Authentication">What proved it.</param>
/// <param name="Call">The call, <c>/package.Service/Method</c>, or an act of the hub's own, e.g. <c>hub/erase</c>.</param>
/// <param name="Resource">The thing acted upon, e.g. <c>submissions/1f…</c>; empty when there is none to name.</param>
/// <param name="Outcome">The status, in capitals, e.g. <c>OK</c> or <c>PERMISSION_DENIED</c>.</param>
/// <param name="Count">How many like acts the entry stands for, at least 1: refusals of nobody are counted, not listed.</param>
public sealed record AuditEntry(
    DateTimeOffset At,
    OrganisationId Organisation,
    string Subject,
    AuthenticationKind Authentication,
    string Call,
    string Resource,
    string Outcome,
    long Count = 1)
{
    /// <summary>An act of the hub itself.</summary>
    /// <param name="at">When it ended (UTC).</param>
    /// <param name="act">What, in one word, e.g. <c>erase</c>.</param>
    /// <param name="resource">The thing acted upon; empty when there is none to name.</param>
    /// <param name="outcome">The status, in capitals.</param>
    public static AuditEntry OfHub(DateTimeOffset at, string act, string resource, string outcome) =>
        new(at, OrganisationId.Lab, "hub", AuthenticationKind.Hub, "hub/" + act, resource, outcome);
}

/// <summary>An entry in its place in the chain.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Hash">By <see cref="AuditChain.HashOf"/>.</param>
public sealed record AuditRecord(long Sequence, AuditEntry Entry, string Hash);

/// <summary>Where a chain ended at some time. Kept elsewhere, it tells later whether the chain before it is still the same.</summary>
/// <param name="Sequence">The last entry's number; 0 for an empty chain.</param>
/// <param name="Hash">The last entry's hash; <see cref="AuditChain.Genesis"/> for an empty chain.</param>
public sealed record AuditHead(long Sequence, string Hash);
