using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>An entry of the audit log as the catalogue keeps it.</summary>
internal sealed class AuditRow
{
    public const string Columns = """
        sequence AS Sequence, at AS At, organisation AS Organisation, subject AS Subject, authentication AS Authentication,
        call AS Call, resource AS Resource, outcome AS Outcome, count AS Count, hash AS Hash
        """;

    public long Sequence { get; init; }

    public string At { get; init; } = string.Empty;

    public string Organisation { get; init; } = string.Empty;

    public string Subject { get; init; } = string.Empty;

    public long Authentication { get; init; }

    public string Call { get; init; } = string.Empty;

    public string Resource { get; init; } = string.Empty;

    public string Outcome { get; init; } = string.Empty;

    public long Count { get; init; }

    public string Hash { get; init; } = string.Empty;

    public static AuditRow Of(AuditRecord record) => new()
    {
        Sequence = record.Sequence,
        At = StoredTime.Write(record.Entry.At),
        Organisation = record.Entry.Organisation.Code,
        Subject = record.Entry.Subject,
        Authentication = (long)record.Entry.Authentication,
        Call = record.Entry.Call,
        Resource = record.Entry.Resource,
        Outcome = record.Entry.Outcome,
        Count = record.Entry.Count,
        Hash = record.Hash,
    };

    /// <exception cref="FormatException">Somebody has put in the entry's place what is none.</exception>
    public AuditRecord ToRecord() => new(
        Sequence,
        new AuditEntry(
            StoredTime.Read(At), new OrganisationId(Organisation), Subject, (AuthenticationKind)Authentication, Call, Resource, Outcome, Count),
        Hash);
}
