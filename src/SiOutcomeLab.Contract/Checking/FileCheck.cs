using System.Buffers.Binary;
using System.Security.Cryptography;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>Checks one file of a submission: its bytes against the manifest, its columns against the contract, then its rows.</summary>
internal sealed class FileCheck(
    SubmissionPart part, ManifestFile declared, IReadOnlyList<ContractColumn> contract, OrganisationId organisation, FindingLog log)
{
    /// <summary>Rows in the file; 0 when it could not be opened.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether every row was read.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The canonical hash of its rows; null when it was not read whole or has columns that are refused.</summary>
    public string? Hash { get; private set; }

    /// <summary>The columns of the contract that the file has, stored as the contract takes them.</summary>
    public IReadOnlyList<(ParquetColumn Column, ContractColumn Rule)> Taken { get; private set; } = [];

    /// <summary>Whether the file has a column of the contract, stored as the contract takes it.</summary>
    public bool Has(string column) => Taken.Any(t => t.Rule.Name == column);

    public async Task RunAsync(
        Stream content, KeyColumns keys, Func<ContractColumn, MeasureTally?> sums, CheckContext context, CancellationToken cancellationToken)
    {
        if (!context.FilesAreVerified) await CheckBytesAsync(content, cancellationToken);
        var beginsAsParquet = await BeginsAsParquetAsync(content, cancellationToken);
        content.Position = 0;
        ParquetSchema? schema = null;
        try
        {
            using var reader = ParquetReader.Open(content, context.Limits.Reader, leaveOpen: true);
            schema = reader.Schema;
            Rows = reader.RowCount;
            CheckMetadata(reader);
            var foreign = CheckSchema(schema);
            using (var rows = new RowCheck(reader, part, organisation, foreign.Count == 0))
            {
                Hash = rows.Run(Taken, keys, sums, context, log, cancellationToken);
            }

            // Refused columns one by one: there may be thousands of them.
            foreach (var (column, name) in foreign) RowCheck.Scan(reader, column, name, part, log, cancellationToken);
            IsComplete = true;
        }
        catch (ParquetFormatException fault)
        {
            FileFaults.Note(log, part, fault, schema, beginsAsParquet);
        }
    }

    private async Task CheckBytesAsync(Stream content, CancellationToken cancellationToken)
    {
        if (content.Length != declared.Bytes) log.Add(FileRules.Size, part);
        content.Position = 0;
        var hash = await SHA256.HashDataAsync(content, cancellationToken);
        if (Convert.ToHexStringLower(hash) != declared.Sha256) log.Add(FileRules.Hash, part);
    }

    private static async Task<bool> BeginsAsParquetAsync(Stream content, CancellationToken cancellationToken)
    {
        content.Position = 0;
        var magic = new byte[4];
        var read = await content.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken);
        return magic.AsSpan(0, read).SequenceEqual("PAR1"u8);
    }

    private void CheckMetadata(ParquetReader reader)
    {
        if (Rows == 0) log.Add(FileRules.Empty, part);
        if (Rows != declared.Rows) log.Add(FileRules.Rows, part);
        if (reader.CreatedBy is { } createdBy && IdentityNumbers.Contains(createdBy)) log.Add(FileRules.IdentityNumber, part);
        var tally = new BareNumberTally();
        foreach (var text in reader.MetadataTexts())
        {
            if (!HidesIdentity(text.Bytes.Span, tally)) continue;
            var column = text.Column is { } name && reader.Schema.TryFind(name, out var found) ? SafeName.Of(name, found.Index) : null;
            log.Add(FileRules.IdentityNumber, part, column);
        }

        if (tally.Refuses) log.Add(FileRules.IdentityNumber, part);
        foreach (var (key, _) in reader.KeyValueMetadata)
        {
            // A name is no sample to judge together with others.
            if (SafeName.HidesIdentity(key)) log.Add(FileRules.IdentityNumber, part);
        }
    }

    /// <summary>Whether a text, or the stored form of a number, is an identity number.</summary>
    internal static bool HidesIdentity(ReadOnlySpan<byte> bytes, BareNumberTally tally)
    {
        if (bytes.Length != sizeof(long)) return IdentityNumberScanner.Find(bytes, tally);
        var whole = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var real = BitConverter.Int64BitsToDouble(whole);
        var number = real is >= 1e8 and < 1e12 && Math.Floor(real) == real ? (long)real : whole;
        return IdentityNumberScanner.FindNumber(number, tally);
    }

    /// <summary>Sorts the columns into those taken and those refused, which are returned with their safe names.</summary>
    private List<(ParquetColumn Column, string SafeName)> CheckSchema(ParquetSchema schema)
    {
        var isTeaching = MunicipalityRegister.Current.IsTeaching(organisation.Code);
        var taken = new List<(ParquetColumn, ContractColumn)>();
        var foreign = new List<(ParquetColumn, string)>();
        foreach (var column in schema.Columns)
        {
            var name = SafeName.Of(column.Name, column.Index);
            if (SafeName.HidesIdentity(column.Name)) log.Add(FileRules.IdentityNumber, part, name);
            var rule = contract.FirstOrDefault(c => c.Name == column.Name);
            if (rule is null) log.Add(SchemaRules.UnknownColumn, part, name);
            else if (rule.TeachingOnly && !isTeaching) log.Add(SchemaRules.TeachingOnly, part, name);
            else if (!rule.Takes(column)) log.Add(SchemaRules.WrongType, part, name, null, rule.Storage);
            else
            {
                taken.Add((column, rule));
                continue;
            }

            foreign.Add((column, name));
        }

        Taken = taken;
        OwningSourceCheck.Note(taken.Select(t => t.Item2), organisation, part, log);
        foreach (var rule in contract.Where(c => c.Required && !schema.TryFind(c.Name, out _)))
        {
            log.Add(SchemaRules.MissingColumn, part, rule.Name);
        }

        if (part == SubmissionPart.Observations && !taken.Any(t => t.Item2.IsMeasure)) log.Add(SchemaRules.NoMeasure, part);
        return foreign;
    }
}
