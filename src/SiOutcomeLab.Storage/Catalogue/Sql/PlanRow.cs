using System.Text;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>A registered plan version as the catalogue keeps it: its canonical text, and the columns it is looked up by.</summary>
internal class PlanRow
{
    public const string Columns = """
        p.id AS Id, p.version AS Version, p.organisation AS Organisation, p.hash AS Hash, p.canonical_json AS CanonicalJson,
        p.timing AS Timing, p.look_due_on AS LookDueOn, p.registered_by AS RegisteredBy, p.registered_at AS RegisteredAt
        """;

    public const string Insert = """
        INSERT INTO plan (id, version, organisation, hash, canonical_json, timing, look_due_on, registered_by, registered_at)
        VALUES (@Id, @Version, @Organisation, @Hash, @CanonicalJson, @Timing, @LookDueOn, @RegisteredBy, @RegisteredAt)
        ON CONFLICT DO NOTHING
        """;

    public string Id { get; init; } = string.Empty;

    public long Version { get; init; }

    public string Organisation { get; init; } = string.Empty;

    public string Hash { get; init; } = string.Empty;

    public string CanonicalJson { get; init; } = string.Empty;

    public long Timing { get; init; }

    public string LookDueOn { get; init; } = string.Empty;

    public string RegisteredBy { get; init; } = string.Empty;

    public string RegisteredAt { get; init; } = string.Empty;

    public static PlanRow Of(RegisteredPlan p) => new()
    {
        Id = p.Plan.Id,
        Version = p.Plan.Version,
        Organisation = p.Plan.Organisation.Code,
        Hash = p.Hash,
        CanonicalJson = Encoding.UTF8.GetString(PlanHash.CanonicalJson(p.Plan)),
        Timing = (long)p.Timing,
        LookDueOn = StoredTime.Write(p.Plan.LookDueOn),
        RegisteredBy = p.RegisteredBy,
        RegisteredAt = StoredTime.Write(p.RegisteredAt),
    };

    public RegisteredPlan ToPlan() => new(
        PlanHash.Parse(Encoding.UTF8.GetBytes(CanonicalJson)), Hash, (PlanTiming)Timing, RegisteredBy, StoredTime.Read(RegisteredAt));
}
