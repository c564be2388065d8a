using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>A release as the catalogue keeps it: bytes it does not look into, and the columns they are found by.</summary>
internal static class ReleaseRow
{
    private const string Insert = """
        INSERT INTO release (name, run_id, organisation, plan_id, method, measure, role, status, audience, rule_version, body)
        VALUES (@name, @runId, @organisation, @planId, @method, @measure, @role, @status, @audience, @ruleVersion, @body)
        ON CONFLICT DO NOTHING
        """;

    /// <exception cref="ReleaseNameTakenException">The name is another release's.</exception>
    public static async Task InsertAsync(CatalogueWrite write, string runId, Released<ReleasedEffect> release)
    {
        var effect = release.Value;
        var written = await write.ExecuteAsync(
            Insert,
            new
            {
                name = effect.Name,
                runId,
                organisation = effect.Plan.Organisation.Code,
                planId = effect.Plan.Id,
                method = effect.Method,
                measure = effect.Outcome.Measure.Code,
                role = (long)effect.Role,
                status = (long)effect.Status,
                audience = (long)release.Audience,
                ruleVersion = release.RuleVersion,
                body = ReleaseCodec.Encode(release),
            });
        if (written == 0) throw new ReleaseNameTakenException(effect.Name);
    }
}
