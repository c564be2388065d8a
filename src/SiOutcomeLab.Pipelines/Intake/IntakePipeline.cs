using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Pipelines.Intake.Rewriting;
using SiOutcomeLab.Pipelines.Telemetry;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>Takes in an upload that has arrived whole: check it, put it in the lake under the hub's own pseudonyms, commit it.</summary>
/// <param name="catalogue">The catalogue.</param>
/// <param name="gate">The way into the lake.</param>
/// <param name="keys">The projects' person keys.</param>
/// <param name="answers">Puts receipt and refusal into bytes.</param>
/// <param name="time">The clock.</param>
public sealed class IntakePipeline(ICatalogue catalogue, LakeGate gate, KeptSecrets keys, IIntakeAnswers answers, TimeProvider time)
{
    /// <summary>Where a check's scratch files go: a folder of the hub's own, on a disk with room; the system's by default.</summary>
    public string Scratch { get; init; } = Path.GetTempPath();

    /// <summary>Checks and commits a submission. When it returns an accepted one, the submission and its receipt are durable.</summary>
    /// <param name="upload">The upload it came by.</param>
    /// <param name="files">Its files, arrived whole.</param>
    /// <param name="stage">Told when the check is over and the commit begins.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind but, after a crash, an orphan in the lake.</param>
    /// <exception cref="PeriodOverlapException">A period is already covered by another submission.</exception>
    /// <exception cref="SupersededUnknownException">The submission that it is to replace is not there.</exception>
    /// <exception cref="UploadEndedException">The upload was cancelled or has expired meanwhile.</exception>
    public async Task<IntakeOutcome> ReceiveAsync(Upload upload, ArrivedFiles files, Action<UploadStage> stage, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var activity = LabTelemetry.Source.StartActivity("silab.check");
        var outcome = await JudgeAsync(upload, files, stage, cancellationToken);
        var rows = outcome.Submission is { } s ? s.ObservationRows + s.ParticipationRows : 0;
        LabTelemetry.SubmissionJudged(outcome.IsAccepted, rows, outcome.Findings, time.GetElapsedTime(started));
        return outcome;
    }

    private async Task<IntakeOutcome> JudgeAsync(Upload upload, ArrivedFiles files, Action<UploadStage> stage, CancellationToken cancellationToken)
    {
        var manifest = files.Manifest;
        var personKey = await keys.PersonKeyAsync(manifest.Project, cancellationToken);
        var rekeyer = new PersonRekeyer(personKey);
        CryptographicOperations.ZeroMemory(personKey);
        await using var observationsTarget = new SpoolStream(files.LakeObservations);
        await using var participationsTarget = files.LakeParticipations is { } target ? new SpoolStream(target) : null;
        var forbidden = await ForbiddenPersons.OfAsync(catalogue.Submissions, manifest.Organisation, manifest.Project, cancellationToken);
        using var observations = new LakeRewriter(SubmissionPart.Observations, observationsTarget, rekeyer) { Forbidden = forbidden };
        using var participations = participationsTarget is null
            ? null
            : new LakeRewriter(SubmissionPart.Participations, participationsTarget, rekeyer) { Forbidden = forbidden };

        // One reading: what the check decodes, the lake's files are written from.
        var context = await ContextAsync(files, cancellationToken) with
        {
            Sink = part => part == SubmissionPart.Observations ? observations : participations,
        };
        var check = await SubmissionChecker.CheckAsync(
            manifest, files.Observations.Content, files.Participations?.Content, context, cancellationToken);
        Finding[] findings = [.. check.Findings, .. ErasedPersons.Findings(observations, participations)];
        if (findings.Any(f => f.Severity == Severity.Error)) return IntakeOutcome.Refused(findings, answers.Refusal(findings));

        // The lake first, the catalogue's row last: until that row is there the objects do not exist.
        stage(UploadStage.Committing);
        await using var hold = gate.Hold();
        for (var isAgain = false; ; isAgain = true)
        {
            var observationsObject = await PutAsync(hold, observations, files.LakeObservations, cancellationToken);
            var participationsObject = participations is null
                ? null
                : await PutAsync(hold, participations, files.LakeParticipations!, cancellationToken);
            var draft = Draft(upload, manifest, check, observationsObject, participationsObject);
            try
            {
                return await hold.CommitAsync(
                    held => CommitAsync(draft, upload, held, Received(files, check), cancellationToken), cancellationToken);
            }
            catch (LakeObjectMissingException) when (!isAgain)
            {
                // Another program has cleared the lake meanwhile; the files are still in the spool.
                continue;
            }
        }
    }

    private async Task<CheckContext> ContextAsync(ArrivedFiles files, CancellationToken cancellationToken)
    {
        var manifest = files.Manifest;
        var registered = await catalogue.Plans.ListInterventionsAsync(manifest.Organisation, cancellationToken);

        // What is about to be replaced holds its replacement to no key, and is no measure of it. A national project has thousands of
        // submissions, of which a check needs the sender's own.
        var own = await catalogue.Submissions.LiveOfAsync(manifest.Organisation, manifest.Project, cancellationToken);
        return new CheckContext(manifest.Organisation, registered.Select(i => i.Code).ToHashSet())
        {
            PseudonymKey = await catalogue.Submissions.PseudonymKeyAsync(manifest.Project, manifest.Supersedes, cancellationToken),
            Scratch = Scratch,
            Earlier = Earlier(own.Where(s => s.Id != manifest.Supersedes)),
            // The spool has counted and hashed what came; a file that is another than declared is left for the check to tell of.
            FilesAreVerified = IsAsDeclared(files.Observations, manifest.Observations)
                && (files.Participations is not { } p || (manifest.Participations is { } declared && IsAsDeclared(p, declared))),
        };
    }

    /// <summary>What the organisation has sent before, in figures.</summary>
    private static IReadOnlyList<SubmissionFigures> Earlier(IEnumerable<Submission> own) =>
    [
        .. own.Where(s => s.Figures is not null)
            .SelectMany(s => SubmissionFigures.Read(Encoding.UTF8.GetBytes(s.Figures!))),
    ];

    private static bool IsAsDeclared(SpooledUpload file, ManifestFile declared) => file.Bytes == declared.Bytes && file.Sha256 == declared.Sha256;

    private async Task<IntakeOutcome> CommitAsync(
        Submission draft, Upload upload, HeldObjects held, ReceivedFiles received, CancellationToken cancellationToken)
    {
        var receipt = answers.Receipt(draft, received);
        try
        {
            var committed = await catalogue.Submissions.CommitAsync(draft, new UploadEnd(upload.Id, receipt), held, cancellationToken);
            if (!committed.WasThere) return IntakeOutcome.Accepted(committed.Submission, receipt);
            var first = await catalogue.Submissions.ReceiptAsync(draft.Organisation, committed.Submission.Id, cancellationToken);
            return IntakeOutcome.Accepted(committed.Submission, first ?? receipt);
        }
        catch (PseudonymKeyException e)
        {
            // Settled by another submission since the check.
            Finding[] findings = [PinnedKey.Finding(e.Pinned)];
            return IntakeOutcome.Refused(findings, answers.Refusal(findings));
        }
    }

    private Submission Draft(Upload upload, SubmissionManifest manifest, CheckResult check, LakeObject observations, LakeObject? participations) => new(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        manifest.Organisation,
        manifest.Project,
        manifest.PeriodLength,
        manifest.Periods[0],
        manifest.Periods[^1],
        manifest.AllowedUses,
        manifest.Policy,
        upload.ContentHash,
        upload.Manifest,
        observations,
        check.ObservationRows,
        participations,
        check.ParticipationRows,
        check.Findings,
        time.GetUtcNow(),
        Sequence: 0)
    {
        PseudonymKeyId = manifest.PseudonymKey,
        Supersedes = manifest.Supersedes,
        Figures = check.Figures is { } figures ? Encoding.UTF8.GetString(figures.ToJson()) : null,
    };

    private static ReceivedFiles Received(ArrivedFiles files, CheckResult check) => new(
        new ReceivedFile(files.Observations.Bytes, files.Observations.Sha256, check.ObservationRows, check.ObservationsHash),
        files.Participations is { } p ? new ReceivedFile(p.Bytes, p.Sha256, check.ParticipationRows, check.ParticipationsHash) : null,
        check.Persons);

    private static async Task<LakeObject> PutAsync(LakeHold hold, LakeRewriter rewritten, SpoolFile target, CancellationToken cancellationToken)
    {
        var file = rewritten.File ?? throw new InvalidOperationException("The check accepted a file whose rows were not all taken.");
        await using var content = (await target.CompleteAsync(cancellationToken)).OpenRead();
        return await hold.PutAsync(file.Sha256, content, cancellationToken);
    }
}
