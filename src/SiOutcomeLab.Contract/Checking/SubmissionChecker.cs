using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Checks a submission against every rule of <see cref="ContractRules"/>: the same code at the municipality, before sending, and in the
/// hub.
/// Reads each file once in blocks of rows; memory is bounded by <see cref="CheckLimits"/>, not by what is sent.
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
    /// <param name="cancellationToken">Asked once a block of rows.</param>
    /// <returns>Findings, row counts and canonical hashes. Rule texts carry no value of any row.</returns>
    /// <exception cref="ArgumentException">A stream cannot seek.</exception>
    /// <exception cref="IOException">The scratch folder cannot be written to.</exception>
    public static async Task<CheckResult> CheckAsync(
        SubmissionManifest manifest, Stream observations, Stream? participations, CheckContext context, CancellationToken cancellationToken)
    {
        if (!observations.CanSeek) throw new ArgumentException("The file's stream must be seekable.", nameof(observations));
        if (participations is { CanSeek: false }) throw new ArgumentException("The file's stream must be seekable.", nameof(participations));

        var log = new FindingLog();
        CheckManifest(manifest, participations is not null, context, log);
        using var keys = new SubmissionKeys(manifest.Periods, context.RegisteredInterventions, context);

        var columns = ContractColumns.Observations(manifest.PeriodLength);
        var first = new FileCheck(SubmissionPart.Observations, manifest.Observations, columns, manifest.Organisation, log);
        var observationKeys = keys.Observations();
        var sums = new List<MeasureTally>();
        await first.RunAsync(observations, observationKeys, SumsOf, context, cancellationToken);

        FileCheck? second = null;
        if (participations is not null && manifest.Participations is { } declared)
        {
            second = new FileCheck(
                SubmissionPart.Participations, declared, ContractColumns.Participations, manifest.Organisation, log);
            await second.RunAsync(participations, keys.Participations(), _ => null, context, cancellationToken);
        }

        keys.Compare(first.IsComplete && first.Has(ContractColumns.PersonId), log, cancellationToken);
        SubmissionFigures? figures = null;
        if (first.IsComplete && observationKeys.Period is { } periods && first.Has(ContractColumns.PeriodStart))
        {
            sums.ForEach(tally => tally.Finish());
            figures = FigureSheet.Make(manifest.Periods, periods.Rows, sums);
            if (!log.HasErrors) new SoftChecks(figures, context.Earlier, log).Run(sums);
        }

        return new CheckResult(log.ToFindings(), first.Rows, second?.Rows ?? 0, keys.Persons)
        {
            ObservationsHash = first.Hash,
            ParticipationsHash = second?.Hash,
            Figures = figures,
            SpilledBytes = keys.SpilledBytes,
        };

        MeasureTally? SumsOf(ContractColumn rule)
        {
            if (!rule.IsMeasure || !MeasureCatalogue.Current.TryFind(rule.Name, out var measure)) return null;
            var tally = new MeasureTally(measure, rule.Maximum, observationKeys.Period!);
            sums.Add(tally);
            return tally;
        }
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
}
