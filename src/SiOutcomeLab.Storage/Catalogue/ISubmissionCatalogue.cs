using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>Which submissions exist. A row here is what makes lake objects exist.</summary>
public interface ISubmissionCatalogue
{
    /// <summary>
    /// Makes a submission durable, in one transaction. Its sequence number is assigned here, so <see cref="Submission.Sequence"/> of the
    /// draft is ignored.
    /// The same content of the same organisation and project is one submission: sent again, the first one is returned.
    /// </summary>
    /// <param name="draft">The submission.</param>
    /// <param name="upload">The upload it came by, which ends with it; null when it came by none.</param>
    /// <param name="held">Its objects, under the hold they were put under; null when nothing removes objects from the lake.</param>
    /// <param name="cancellationToken">Stops before the transaction is committed.</param>
    /// <exception cref="PeriodOverlapException">Another live submission of the same organisation and project already covers one of the
    /// periods, compared by calendar months, and is not the one that the draft supersedes.</exception>
    /// <exception cref="PseudonymKeyException">The project's live submissions, but for the one that the draft
    /// supersedes, name a key and the draft names another or none.</exception>
    /// <exception cref="SupersededUnknownException">The draft supersedes what is not there.</exception>
    /// <exception cref="UploadEndedException">The upload is not open.</exception>
    /// <exception cref="LakeHoldLostException">The objects are held no more; put them again.</exception>
    /// <exception cref="CatalogueUnavailableException">The catalogue is busy or its disk fails; send again.</exception>
    Task<CommittedSubmission> CommitAsync(Submission draft, UploadEnd? upload, HeldObjects? held, CancellationToken cancellationToken);

    /// <summary>As above, when nothing removes objects from the lake.</summary>
    Task<CommittedSubmission> CommitAsync(Submission draft, UploadEnd? upload, CancellationToken cancellationToken) =>
        CommitAsync(draft, upload, null, cancellationToken);

    /// <summary>As above, for a submission that came by no upload.</summary>
    Task<CommittedSubmission> CommitAsync(Submission draft, CancellationToken cancellationToken) => CommitAsync(draft, null, null, cancellationToken);

    /// <summary>What the sender of the owner's submission was answered, byte for byte; null when there is none.</summary>
    Task<ReadOnlyMemory<byte>?> ReceiptAsync(OrganisationId owner, string id, CancellationToken cancellationToken);

    /// <summary>The live submission with this content, or null.</summary>
    Task<Submission?> FindByContentAsync(
        OrganisationId organisation, ProjectId project, string contentHash, CancellationToken cancellationToken);

    /// <summary>The owner's submission with this identifier; null when there is none, and when it is somebody else's.</summary>
    Task<Submission?> FindAsync(OrganisationId owner, string id, CancellationToken cancellationToken);

    /// <summary>
    /// The owner's submissions in commit order, starting after <paramref name="afterSequence"/>, at most <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<Submission>> ListAsync(OrganisationId owner, long afterSequence, int limit, CancellationToken cancellationToken);

    /// <summary>Every live submission of a project in commit order: what a new snapshot holds.</summary>
    Task<IReadOnlyList<Submission>> InProjectAsync(ProjectId project, CancellationToken cancellationToken);

    /// <summary>The owner's live submissions of a project in commit order.</summary>
    Task<IReadOnlyList<Submission>> LiveOfAsync(OrganisationId owner, ProjectId project, CancellationToken cancellationToken);

    /// <summary>
    /// The submitters' key that the project's live submissions name, but for one that is about to be replaced; null when none names one.
    /// </summary>
    Task<string?> PseudonymKeyAsync(ProjectId project, string? replaced, CancellationToken cancellationToken);

    /// <summary>The submissions of a kept snapshot, in order, whatever has become of them; null when no run has used it.</summary>
    Task<IReadOnlyList<Submission>?> InSnapshotAsync(string snapshotHash, CancellationToken cancellationToken);

    /// <summary>Takes the owner's live submission out of every later snapshot.</summary>
    /// <returns>It as it stands now; null when there is none of the owner's. One that is not live stays as it was.</returns>
    Task<Submission?> WithdrawAsync(OrganisationId owner, string id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Sets or clears the last day on which the owner's submission may be kept; null when there is none of the owner's.</summary>
    Task<Submission?> RetainAsync(OrganisationId owner, string id, DateOnly? until, CancellationToken cancellationToken);

    /// <summary>The submissions whose rows are still there though their retention date is before <paramref name="today"/>.</summary>
    Task<IReadOnlyList<Submission>> OverdueAsync(DateOnly today, CancellationToken cancellationToken);

    /// <summary>
    /// Records that a submission's rows are to be gone: its objects are named no more, and it is in no later snapshot. Its proof stands in
    /// the audit log with the same commit, so that neither can be without the other; one purged before stays as it was, without another.
    /// </summary>
    /// <param name="id">The submission.</param>
    /// <param name="proof">The entry of the log; its time is when (UTC).</param>
    /// <param name="cancellationToken">Stops before the transaction is committed.</param>
    Task PurgeAsync(string id, AuditEntry proof, CancellationToken cancellationToken);

    /// <summary>
    /// Puts files without some erased rows in the place of a submission's files. Its former objects are named by it no more. The proof
    /// stands in the audit log with the same commit, so that neither can be without the other.
    /// </summary>
    /// <param name="id">The submission.</param>
    /// <param name="standing">The objects that were rewritten: the call does nothing and says false when they are not its objects now.</param>
    /// <param name="renewed">The objects without the rows.</param>
    /// <param name="proof">The entry of the log, when it is done; its time is when (UTC).</param>
    /// <param name="held">The new objects among them, under the hold they were put under; null when nothing removes objects.</param>
    /// <param name="cancellationToken">Stops before the transaction is committed.</param>
    /// <exception cref="LakeHoldLostException">The objects are held no more; put them again.</exception>
    Task<bool> ReplaceFilesAsync(
        string id, SubmissionFiles standing, SubmissionFiles renewed, AuditEntry proof, HeldObjects? held, CancellationToken cancellationToken);

    /// <summary>As above, when nothing removes objects from the lake.</summary>
    Task<bool> ReplaceFilesAsync(
        string id, SubmissionFiles standing, SubmissionFiles renewed, AuditEntry proof, CancellationToken cancellationToken) =>
        ReplaceFilesAsync(id, standing, renewed, proof, null, cancellationToken);

    /// <summary>Records that a person, by a keyed digest, may not come in again from this organisation for this project.</summary>
    Task ForbidPersonAsync(
        OrganisationId organisation, ProjectId project, ReadOnlyMemory<byte> digest, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The digests of the persons that may not come in again from this organisation for this project.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> ForbiddenPersonsAsync(
        OrganisationId organisation, ProjectId project, CancellationToken cancellationToken);

    /// <summary>Every submission whose files the lake still has, of one project or of all, whatever its state, in commit order.</summary>
    Task<IReadOnlyList<Submission>> KeptAsync(ProjectId? project, CancellationToken cancellationToken);

    /// <summary>The content hashes of every lake object that a submission names.</summary>
    Task<IReadOnlySet<string>> NamedObjectsAsync(CancellationToken cancellationToken);
}

/// <summary>What a commit answered.</summary>
/// <param name="Submission">The submission as it stands in the catalogue.</param>
/// <param name="WasThere">True when the same content had been committed before.</param>
public sealed record CommittedSubmission(Submission Submission, bool WasThere);

/// <summary>The files of a submission in the lake.</summary>
/// <param name="Observations">The observations.</param>
/// <param name="ObservationRows">Their rows.</param>
/// <param name="Participations">The participations; null when none were sent.</param>
/// <param name="ParticipationRows">Their rows; 0 when none were sent.</param>
public sealed record SubmissionFiles(LakeObject Observations, long ObservationRows, LakeObject? Participations, long ParticipationRows)
{
    /// <summary>The files of a submission.</summary>
    public static SubmissionFiles Of(Submission s) => new(s.Observations, s.ObservationRows, s.Participations, s.ParticipationRows);
}
