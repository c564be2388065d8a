using System.Security.Cryptography;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>Takes in an upload that has arrived whole: check it, make it durable, or say what must be mended.</summary>
public sealed class IntakePipeline(ICatalogue catalogue, ILake lake, TimeProvider time)
{
    /// <summary>Checks and commits a submission. When it returns an accepted one, the submission is durable.</summary>
    /// <param name="manifest">The manifest, already read.</param>
    /// <param name="observations">The observations file as it arrived.</param>
    /// <param name="participations">The participations file as it arrived; null when none was sent.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind but an orphan in the lake, at worst.</param>
    /// <exception cref="PeriodOverlapException">A period is already covered by another submission.</exception>
    public async Task<IntakeOutcome> ReceiveAsync(
        SubmissionManifest manifest, SpooledUpload observations, SpooledUpload? participations, CancellationToken cancellationToken)
    {
        var contentHash = manifest.ContentHash();
        if (await catalogue.Submissions.FindByContentAsync(manifest.Organisation, manifest.Project, contentHash, cancellationToken) is { } there
            && SameFiles(there, observations, participations))
        {
            return new IntakeOutcome(there, WasThere: true, there.Warnings);
        }

        var registered = await catalogue.Plans.ListInterventionsAsync(manifest.Organisation, cancellationToken);
        var context = new CheckContext(manifest.Organisation, registered.Select(i => i.Code).ToHashSet());
        var check = await SubmissionChecker.CheckAsync(manifest, observations.Content, participations?.Content, context, cancellationToken);
        if (!check.Accepted) return new IntakeOutcome(null, WasThere: false, check.Findings);

        // The lake first, the catalogue's row last: until that row is there the objects do not exist.
        var observationsObject = await PutAsync(observations, cancellationToken);
        var participationsObject = participations is null ? null : await PutAsync(participations, cancellationToken);
        var committed = await catalogue.Submissions.CommitAsync(
            new Submission(
                Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
                manifest.Organisation,
                manifest.Project,
                manifest.PeriodLength,
                manifest.Periods[0],
                manifest.Periods[^1],
                manifest.AllowedUses,
                manifest.Policy,
                contentHash,
                manifest.ToString(),
                observationsObject,
                check.ObservationRows,
                participationsObject,
                check.ParticipationRows,
                check.Findings,
                time.GetUtcNow(),
                Sequence: 0),
            cancellationToken);
        return new IntakeOutcome(committed.Submission, committed.WasThere, committed.Submission.Warnings);
    }

    // The manifest names the hashes, so equal content hashes mean equal announced files; what arrived must be those.
    private static bool SameFiles(Submission there, SpooledUpload observations, SpooledUpload? participations) =>
        there.Observations.Sha256 == observations.Sha256 && there.Participations?.Sha256 == participations?.Sha256;

    private async Task<LakeObject> PutAsync(SpooledUpload upload, CancellationToken cancellationToken)
    {
        upload.Content.Position = 0;
        return await lake.PutAsync(upload.Sha256, upload.Content, cancellationToken);
    }
}

/// <summary>What became of an upload.</summary>
/// <param name="Accepted">The submission, durable; null when it was refused.</param>
/// <param name="WasThere">True when the same content had been accepted before.</param>
/// <param name="Findings">What was found; contains an error exactly when refused.</param>
public sealed record IntakeOutcome(Submission? Accepted, bool WasThere, IReadOnlyList<Finding> Findings);
