using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Checks a submission against every rule of <see cref="ContractRules"/>: the same code at the municipality, before sending, and in the
/// hub.
/// Reads the files in column batches; memory is bounded by <see cref="CheckLimits"/> and the reader's limits, not by what is sent.
/// </summary>
public static class SubmissionChecker
{
    /// <summary>
    /// Checks manifest and files. Everything found is told at once; only a file that cannot be read on stops that file's check.
    /// </summary>
    /// <param name="manifest">The manifest, as <see cref="SubmissionManifest.Read"/> gave it.</param>
    /// <param name="observations">The observations file: readable, seekable, the file from position 0; left open.</param>
    /// <param name="participations">The participations file, likewise; null when none was sent.</param>
    /// <param name="context">Who sends, and what is registered.</param>
    /// <param name="cancellationToken">Asked once a batch.</param>
    /// <returns>Findings and row counts. Rule texts carry no value of any row.</returns>
    /// <exception cref="ArgumentException">A stream cannot seek.</exception>
    public static async Task<CheckResult> CheckAsync(
        SubmissionManifest manifest, Stream observations, Stream? participations, CheckContext context, CancellationToken cancellationToken)
    {
        if (!observations.CanSeek)
        {
            throw new ArgumentException("The file is read twice, so its stream must be seekable.", nameof(observations));
        }
        if (participations is { CanSeek: false })
        {
            throw new ArgumentException("The file is read twice, so its stream must be seekable.", nameof(participations));
        }

        var log = new FindingLog();
        CheckManifest(manifest, participations is not null, context, log);
        var persons = new PersonTable(manifest.Periods.Count, context.Limits.MaxPersons);
        var observed = await CheckObservationsAsync(manifest, observations, persons, context.Limits, log, cancellationToken);
        var participationRows = participations is null || manifest.Participations is not { } declared
            ? 0
            : await CheckParticipationsAsync(
                manifest.Organisation, declared, participations, observed.IsComplete ? persons : null, context, log, cancellationToken);
        return new CheckResult(log.ToFindings(), observed.Rows, participationRows, persons.Count);
    }

    private static void CheckManifest(SubmissionManifest manifest, bool participationsSent, CheckContext context, FindingLog log)
    {
        if (manifest.Organisation != context.Caller) log.Add(ManifestRules.OrganisationNotCaller, SubmissionPart.Manifest, "organisation");
        if (context.PseudonymKey is { } key && manifest.PseudonymKey != key)
        {
            log.Add(ManifestRules.PseudonymKey, SubmissionPart.Manifest, "pseudonym_key", null, new BilingualText(key, key));
        }

        if (participationsSent && manifest.Participations is null) log.Add(FileRules.Undeclared, SubmissionPart.Participations);
        if (!participationsSent && manifest.Participations is not null) log.Add(FileRules.Missing, SubmissionPart.Participations);
    }

    /// <summary>Rows of the file, and whether all its persons are known.</summary>
    private static async Task<(long Rows, bool IsComplete)> CheckObservationsAsync(
        SubmissionManifest manifest,
        Stream content,
        PersonTable persons,
        CheckLimits limits,
        FindingLog log,
        CancellationToken cancellationToken)
    {
        var columns = ContractColumns.Observations(manifest.PeriodLength);
        var file = new FileCheck(SubmissionPart.Observations, manifest.Observations, columns, manifest.Organisation, log);
        var keys = new ObservationKeys(manifest.Periods, persons, log);
        await file.RunAsync(
            content,
            (group, find, row) =>
                keys.Check(group, find(ContractColumns.PersonId), find(ContractColumns.PeriodStart), row, cancellationToken),
            limits.Reader,
            cancellationToken);
        if (file.IsComplete && file.Rows > 0 && file.Has(ContractColumns.PeriodStart)) keys.Finish();
        if (persons.IsFull) log.Add(SchemaRules.TooManyPersons, SubmissionPart.Observations, null, null, Number(limits.MaxPersons));
        return (file.Rows, file.IsComplete && !persons.IsFull && file.Has(ContractColumns.PersonId));
    }

    private static async Task<long> CheckParticipationsAsync(
        OrganisationId organisation,
        ManifestFile declared,
        Stream content,
        PersonTable? observed,
        CheckContext context,
        FindingLog log,
        CancellationToken cancellationToken)
    {
        var file = new FileCheck(SubmissionPart.Participations, declared, ContractColumns.Participations, organisation, log);
        var keys = new ParticipationKeys(observed, context.RegisteredInterventions, context.Limits.MaxParticipations, log);
        await file.RunAsync(content, CheckKeys, context.Limits.Reader, cancellationToken);
        if (keys.IsFull)
        {
            log.Add(SchemaRules.TooManyParticipations, SubmissionPart.Participations, null, null, Number(context.Limits.MaxParticipations));
        }

        return file.Rows;

        void CheckKeys(ParquetRowGroup group, Func<string, ParquetColumn?> find, long row) => keys.Check(
            group,
            find(ContractColumns.PersonId),
            find(ContractColumns.InterventionCode),
            find(ContractColumns.StartDate),
            find(ContractColumns.EndDate),
            row,
            cancellationToken);
    }

    private static BilingualText Number(int value) => PlainNumber.Fixed(value, 0);
}
