using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>A release as the catalogue keeps it: bytes it does not look into, and the columns they are found by.</summary>
internal static class ReleaseRow
{
    private const string Insert = """
        INSERT INTO release (
            name, run_id, organisation, plan_id, method, measure, role, status, audience, rule_version, body, changed_at, first_month, last_month)
        VALUES (
            @name, @runId, @organisation, @planId, @method, @measure, @role, @status, @audience, @ruleVersion, @body, @changedAt, @firstMonth,
            @lastMonth)
        ON CONFLICT DO NOTHING
        """;

    /// <exception cref="ReleaseNameTakenException">The name is another release's.</exception>
    public static async Task InsertAsync(CatalogueWrite write, string runId, Released<ReleasedEffect> release, string changedAt)
    {
        var effect = release.Value;
        var plan = effect.Plan;
        var lastIndex = effect.Look is { } look ? plan.Looks[look.Number - 1].LastIndex : plan.LastIndex;
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
                changedAt,
                firstMonth = FirstMonth(plan.FirstIndex),
                lastMonth = LastMonth(lastIndex),
            });
        if (written == 0) throw new ReleaseNameTakenException(effect.Name);
    }

    /// <summary>A period's first calendar month, counted from year 0.</summary>
    public static long FirstMonth(Period period) => period.Ordinal * (long)period.Length;

    /// <summary>A period's last calendar month.</summary>
    public static long LastMonth(Period period) => FirstMonth(period) + (long)period.Length - 1;
}
