using System.IO.Pipelines;
using System.Security.Cryptography;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Pipelines.Intake.Rewriting;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Custody;

/// <summary>
/// Removes a person from everything that an organisation has sent for a project. Repeating it is harmless, so an erasure that a crash cut
/// short is ended by asking again.
/// </summary>
/// <remarks>
/// Order: first the person is forbidden, so that nothing about them can come in any more; then the organisation's open uploads for the
/// project are cancelled, checks under way among them, since what is in them cannot be told before it is checked; then each file is written
/// anew without the rows, the catalogue names the new file in the old one's place, with the proof of it in the audit log, and the old one
/// is deleted. Last goes whatever the lake has that no submission names and no commit holds, since nobody can tell whom it is about. What
/// was computed before says that its rows are gone.
/// </remarks>
public sealed class PersonErasure(
    ICatalogue catalogue, ILake lake, LakeGate gate, FinaliseDesk uploads, KeptSecrets secrets, TimeProvider time)
{
    /// <summary>Erases a person.</summary>
    /// <param name="caller">Who asks; only what its organisation has sent is touched.</param>
    /// <param name="project">The project.</param>
    /// <param name="sent">The pseudonym as the organisation sends it.</param>
    /// <param name="cancellationToken">Stops between two files; what is done stays done.</param>
    public async Task<ErasureOutcome> EraseAsync(
        Caller caller, ProjectId project, PersonId sent, CancellationToken cancellationToken)
    {
        var owner = caller.Organisation;
        var person = await LakePersonAsync(project, sent, cancellationToken);
        await catalogue.Submissions.ForbidPersonAsync(
            owner, project, ForbiddenPersons.DigestOf(person), time.GetUtcNow(), cancellationToken);
        var cancelled = await CancelUploadsAsync(owner, project, cancellationToken);
        var submissions = 0;
        var rows = 0L;
        foreach (var submission in await catalogue.Submissions.KeptAsync(project, cancellationToken))
        {
            if (submission.Organisation != owner) continue;
            var removed = await EraseFromAsync(caller, submission, person, cancellationToken);
            if (removed > 0) submissions++;
            rows += removed;
        }

        await gate.SweepAsync(cancellationToken);

        // The whole, for whoever asks what became of the wish; the proof of each file stands in the log already.
        await catalogue.Audit.AppendAsync(
            ProofOf(caller, "projects/" + project.Code, $"ERASED {rows} ROWS OF {submissions} SUBMISSIONS"), CancellationToken.None);
        return new ErasureOutcome(submissions, rows, cancelled);
    }

    /// <summary>That it was done, when, at whose wish and how much it was; never whom it was about.</summary>
    private AuditEntry ProofOf(Caller caller, string resource, FormattableString outcome) => new(
        time.GetUtcNow(),
        caller.Organisation,
        caller.Subject,
        caller.Authentication,
        "hub/erase",
        resource,
        FormattableString.Invariant(outcome));

    private async Task<byte[]> LakePersonAsync(ProjectId project, PersonId sent, CancellationToken cancellationToken)
    {
        var key = await secrets.PersonKeyAsync(project, cancellationToken);
        try
        {
            var person = new PersonRekeyer(key).Of(sent);
            return Convert.FromHexString(person.ToHex());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private async Task<int> CancelUploadsAsync(OrganisationId owner, ProjectId project, CancellationToken cancellationToken)
    {
        var cancelled = 0;
        foreach (var upload in await catalogue.Uploads.ListAsync(owner, cancellationToken))
        {
            if (upload.Project != project || upload.State != UploadState.Open) continue;
            if (await uploads.CancelAsync(upload.Id, cancellationToken) is { State: UploadState.Cancelled }) cancelled++;
        }

        return cancelled;
    }

    private async Task<long> EraseFromAsync(Caller caller, Submission submission, byte[] person, CancellationToken cancellationToken)
    {
        while (true)
        {
            var standing = SubmissionFiles.Of(submission);
            Submission? now;
            try
            {
                if (await TryEraseFromAsync(caller, submission.Id, standing, person, cancellationToken) is { } rows) return rows;
                now = await catalogue.Submissions.FindAsync(submission.Organisation, submission.Id, cancellationToken);
            }
            catch (LakeObjectMissingException)
            {
                // Deleted by whoever came first; when the catalogue names it still, it is missing indeed.
                now = await catalogue.Submissions.FindAsync(submission.Organisation, submission.Id, cancellationToken);
                if (now is { PurgedAt: null } && SubmissionFiles.Of(now) == standing) throw;
            }

            // Another erasure, or the end of its retention, came first: what stands now is looked through again.
            if (now is null or { PurgedAt: not null }) return 0;
            submission = now;
        }
    }

    /// <summary>How many rows were removed; null when the submission no longer has the files that were looked through.</summary>
    private async Task<long?> TryEraseFromAsync(
        Caller caller, string id, SubmissionFiles standing, byte[] person, CancellationToken cancellationToken)
    {
        await using var hold = gate.Hold();
        var (observations, observationRows) = await WithoutAsync(hold, standing.Observations, person, cancellationToken);
        var (participations, participationRows) = standing.Participations is null
            ? (null, 0L)
            : await WithoutAsync(hold, standing.Participations, person, cancellationToken);
        if (observationRows + participationRows == 0) return 0;
        var renewed = new SubmissionFiles(
            observations ?? standing.Observations,
            standing.ObservationRows - observationRows,
            participations ?? standing.Participations,
            standing.ParticipationRows - participationRows);
        var proof = ProofOf(caller, "submissions/" + id, $"ERASED {observationRows + participationRows} ROWS");
        var isReplaced = await hold.CommitAsync(
            held => catalogue.Submissions.ReplaceFilesAsync(id, standing, renewed, proof, held, cancellationToken), cancellationToken);
        if (!isReplaced) return null;

        // Not cancelled with the call: what the catalogue has ceased to name is to be gone.
        await gate.RemoveAsync([standing.Observations, standing.Participations], CancellationToken.None);
        return observationRows + participationRows;
    }

    /// <summary>The object without the person's rows, in the lake; null and 0 when it has none.</summary>
    private async Task<(LakeObject? Object, long Rows)> WithoutAsync(
        LakeHold hold, LakeObject source, byte[] person, CancellationToken cancellationToken)
    {
        await using var from = await lake.OpenReadAsync(source, cancellationToken);
        var rows = LakeFileCopy.RowsOf(from, person, cancellationToken);
        if (rows.Count == 0) return (null, 0);

        // Written twice, the first time for its name alone: so no copy has to lie anywhere while its name is unknown.
        await using var counted = new HashedOutput(Stream.Null);
        from.Position = 0;
        LakeFileCopy.WithoutRows(from, counted, rows, cancellationToken);
        from.Position = 0;
        var pipe = new Pipe();
        var writing = Task.Run(
            async () =>
            {
                Exception? failure = null;
                try
                {
                    await using var target = pipe.Writer.AsStream(leaveOpen: true);
                    LakeFileCopy.WithoutRows(from, target, rows, cancellationToken);
                }
                catch (Exception e)
                {
                    failure = e;
                }

                await pipe.Writer.CompleteAsync(failure);
            },
            CancellationToken.None);
        try
        {
            await using var content = pipe.Reader.AsStream();
            return (await hold.PutAsync(counted.Sha256(), content, cancellationToken), rows.Count);
        }
        finally
        {
            await writing;
        }
    }
}

/// <summary>What an erasure removed.</summary>
/// <param name="Submissions">Submissions that held rows about the person.</param>
/// <param name="Rows">Rows removed.</param>
/// <param name="CancelledUploads">Open uploads that were cancelled.</param>
public sealed record ErasureOutcome(int Submissions, long Rows, int CancelledUploads);
