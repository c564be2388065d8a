using System.Text;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Cli.Pseudonymising;

/// <summary>How the submitter's tables are to be read.</summary>
/// <param name="Encoding">The encoding of text files; null to find out.</param>
/// <param name="Separator">What stands between fields; null to find out.</param>
/// <param name="Numbers">How numbers are written; null to go by the separator.</param>
internal sealed record TableReading(Encoding? Encoding, char? Separator, NumberStyle? Numbers);

/// <summary>What came of a delivery's two tables.</summary>
/// <param name="Observations">The observations.</param>
/// <param name="Participations">The participations; null when there is no such table, or the first could not be taken as a whole.</param>
/// <param name="Manifest">The manifest written; null when nothing was.</param>
internal sealed record PseudonymiseOutcome(PseudonymisedTable Observations, PseudonymisedTable? Participations, SubmissionManifest? Manifest)
{
    public IEnumerable<Finding> Findings => [.. Observations.Findings, .. Participations?.Findings ?? []];
}

/// <summary>Makes a delivery of the contract from a submitter's tables.</summary>
internal sealed class PseudonymiseRun(SubmissionSettings settings, ProjectKey key, TableReading reading, bool skipInvalid)
{
    /// <summary>Reads both tables to the end, and puts the delivery in its place when both can be used.</summary>
    public async Task<PseudonymiseOutcome> WriteAsync(
        string observations, string? participations, string target, CancellationToken cancellationToken)
    {
        using var folder = SubmissionFolder.Begin(target);
        var options = new PseudonymiseOptions(key, settings.Draft.Organisation, settings.Draft.PeriodLength, settings.LastDay)
        {
            Columns = settings.Columns,
            Values = settings.Values,
            NullTexts = settings.NullTexts,
            SkipInvalid = skipInvalid,
        };
        var (first, firstFile) =
            await WriteTableAsync(observations, SubmissionPart.Observations, "observations.parquet", options, folder, cancellationToken);
        var second = default(PseudonymisedTable);
        var secondFile = default(ManifestFile);
        if (participations is not null)
        {
            (second, secondFile) = await WriteTableAsync(
                participations, SubmissionPart.Participations, "participations.parquet", options, folder, cancellationToken);
        }

        if (!first.IsUsable(skipInvalid) || second?.IsUsable(skipInvalid) == false) return new PseudonymiseOutcome(first, second, null);
        var manifest = settings.Draft with { Observations = firstFile, Participations = secondFile, PseudonymKey = key.Id };
        await using (var file = folder.Create("manifest.json"))
        {
            await file.WriteAsync(manifest.ToJson(indented: true), cancellationToken);
            file.Flush(flushToDisk: true);
        }

        folder.Finish();
        return new PseudonymiseOutcome(first, second, manifest);
    }

    private async Task<(PseudonymisedTable Table, ManifestFile File)> WriteTableAsync(
        string path,
        SubmissionPart part,
        string name,
        PseudonymiseOptions options,
        SubmissionFolder folder,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) throw Missing(path);
        try
        {
            using var source = await OpenAsync(path, cancellationToken);
            await using var output = folder.Create(name);
            var table = TablePseudonymiser.Write(source, part, options, output, cancellationToken);
            return (table, await SubmissionFolder.DescribeAsync(output, table.Rows, cancellationToken));
        }
        catch (SourceTableException e)
        {
            throw new CommandException(
                ExitCode.InputUnreadable, new($"{path}: {e.What.Sv}", $"{path}: {e.What.En}"), e.Remedy, e.Details);
        }
    }

    private async Task<ISourceTable> OpenAsync(string path, CancellationToken cancellationToken) =>
        await IsParquetAsync(path, cancellationToken)
            ? ParquetTable.Open(path)
            : await CsvTable.OpenAsync(path, reading.Encoding, reading.Separator, reading.Numbers, cancellationToken);

    private static async Task<bool> IsParquetAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var magic = new byte[4];
        var read = await file.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken);
        return magic.AsSpan(0, read).SequenceEqual("PAR1"u8);
    }

    private static CommandException Missing(string path) => new(
        ExitCode.InputUnreadable,
        new($"Filen {path} finns inte.", $"There is no file {path}."),
        new("Ge en CSV- eller Parquetfil.", "Give a CSV or Parquet file."));
}
