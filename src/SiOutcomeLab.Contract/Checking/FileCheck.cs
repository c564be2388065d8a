using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>Checks one file of a submission: its bytes against the manifest, its columns against the contract, then its rows.</summary>
internal sealed class FileCheck(
    SubmissionPart part, ManifestFile declared, IReadOnlyList<ContractColumn> contract, OrganisationId organisation, FindingLog log)
{
    /// <summary>Checks the columns that need each other, one row group at a time.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="find">Gives a column of the contract, or null when the file has it not, or stored as the contract does not
    /// take.</param>
    /// <param name="firstRow">The number of the row group's first row, from 1.</param>
    public delegate void KeyCheck(ParquetRowGroup group, Func<string, ParquetColumn?> find, long firstRow);

    private readonly Dictionary<string, ParquetColumn> _taken = new(StringComparer.Ordinal);
    private readonly List<ColumnCheck> _checks = [];

    /// <summary>Rows in the file; 0 when it could not be opened.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether every row was read.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether the file has a column of the contract, stored as the contract takes it.</summary>
    public bool Has(string column) => _taken.ContainsKey(column);

    public async Task RunAsync(Stream content, KeyCheck keys, ParquetReaderOptions options, CancellationToken cancellationToken)
    {
        await CheckBytesAsync(content, cancellationToken);
        var beginsAsParquet = await BeginsAsParquetAsync(content, cancellationToken);
        content.Position = 0;
        ParquetSchema? schema = null;
        try
        {
            using var reader = ParquetReader.Open(content, options, leaveOpen: true);
            schema = reader.Schema;
            Rows = reader.RowCount;
            CheckMetadata(reader);
            CheckSchema(schema);
            CheckRows(reader, keys, cancellationToken);
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
        foreach (var (key, value) in reader.KeyValueMetadata)
        {
            if (SafeName.HidesIdentity(key) || IdentityNumberScanner.Find(Encoding.UTF8.GetBytes(value), new BareNumberTally()))
            {
                log.Add(FileRules.IdentityNumber, part);
            }
        }
    }

    private void CheckSchema(ParquetSchema schema)
    {
        var isTeaching = MunicipalityRegister.Current.IsTeaching(organisation.Code);
        foreach (var column in schema.Columns)
        {
            var name = SafeName.Of(column.Name, column.Index);
            if (SafeName.HidesIdentity(column.Name)) log.Add(FileRules.IdentityNumber, part, name);
            var rule = contract.FirstOrDefault(c => c.Name == column.Name);
            if (rule is null) log.Add(SchemaRules.UnknownColumn, part, name);
            else if (rule.TeachingOnly && !isTeaching) log.Add(SchemaRules.TeachingOnly, part, name);
            else if (!rule.Takes(column)) log.Add(SchemaRules.WrongType, part, name, null, rule.Storage);
            else Take(column, rule);
            if (!_taken.ContainsKey(column.Name)) Add(ColumnChecks.Foreign(column, name, log, part));
        }

        foreach (var rule in contract.Where(c => c.Required && !schema.TryFind(c.Name, out _)))
        {
            log.Add(SchemaRules.MissingColumn, part, rule.Name);
        }

        if (part == SubmissionPart.Observations && !contract.Any(c => c.IsMeasure && _taken.ContainsKey(c.Name)))
        {
            log.Add(SchemaRules.NoMeasure, part);
        }
    }

    private void Take(ParquetColumn column, ContractColumn rule)
    {
        _taken.Add(column.Name, column);
        // The key columns are read side by side by the file's own key check.
        if (rule.Content is ColumnContent.PersonId or ColumnContent.Intervention || rule.Name == ContractColumns.PeriodStart) return;
        Add(ColumnChecks.For(column, rule, organisation.IsMunicipality ? organisation.Code : null, log, part));
    }

    private void Add(ColumnCheck? check)
    {
        if (check is not null) _checks.Add(check);
    }

    private void CheckRows(ParquetReader reader, KeyCheck keys, CancellationToken cancellationToken)
    {
        var firstRow = 1L;
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            var group = reader.OpenRowGroup(i);
            keys(group, name => _taken.GetValueOrDefault(name), firstRow);
            foreach (var check in _checks) check.Check(group, firstRow, cancellationToken);
            firstRow += group.RowCount;
        }

        foreach (var check in _checks) check.Finish();
    }
}
