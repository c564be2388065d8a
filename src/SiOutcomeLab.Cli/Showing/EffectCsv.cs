using System.Globalization;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>
/// Effects as comma-separated lines for programs (RFC 4180, point as decimal mark). A number that is withheld is an empty field, never a
/// number; <c>status</c> says why.
/// </summary>
internal static class EffectCsv
{
    private static readonly (string Name, Func<Effect, string> Of)[] Columns =
    [
        ("name", e => e.Name),
        ("change_time", e => e.ChangeTime is { } at ? at.ToDateTimeOffset().ToString("O", CultureInfo.InvariantCulture) : string.Empty),
        ("status", StatusOf),
        ("organisation", e => e.Organisation),
        ("plan", e => e.Plan),
        ("plan_version", e => e.PlanVersion.ToString(CultureInfo.InvariantCulture)),
        ("intervention", e => e.Intervention),
        ("method", e => e.Method),
        ("measure", e => e.Outcome?.Measure ?? string.Empty),
        ("horizon_periods", e => e.Outcome is { } outcome ? outcome.HorizonPeriods.ToString(CultureInfo.InvariantCulture) : string.Empty),
        ("unit_sv", e => e.UnitSv),
        ("unit_en", e => e.UnitEn),
        ("role", e => Word(e.Role)),
        ("label", e => e.Label),
        ("estimator", e => Word(e.Estimator)),
        ("standing", e => Word(e.Standing)),
        ("data_standing", e => Word(e.DataStanding)),
        ("point", e => Number(e.Estimate?.Point)),
        ("ci_low", e => Number(e.Estimate?.CiLow)),
        ("ci_high", e => Number(e.Estimate?.CiHigh)),
        ("confidence_level", e => e.Estimate is { } estimate ? Text(estimate.ConfidenceLevel) : string.Empty),
        ("standard_error", e => Number(e.Estimate?.StandardError)),
        ("p_value", e => Number(e.Estimate?.PValue)),
        ("participants", e => Number(e.Estimate?.Participants)),
        ("comparison", e => Number(e.Estimate?.Comparison)),
        ("not_estimable_reason", e => e.NotEstimable?.Reason ?? string.Empty),
        ("sentence_sv", e => e.SentenceSv),
        ("sentence_en", e => e.SentenceEn),
        ("division", e => e.Division),
        ("look", e => e.Look is { } look ? look.Number.ToString(CultureInfo.InvariantCulture) : string.Empty),
        ("looks", e => e.Look is { Looks: > 0 and var looks } ? looks.ToString(CultureInfo.InvariantCulture) : string.Empty),
        ("is_preliminary", e => e.Look is { } look ? (look.IsFinal ? "false" : "true") : string.Empty),
        ("interval_level", e => e.Estimate is { } estimate ? Text(LevelOf(e, estimate)) : string.Empty),
        ("participants_share_lost", e => Number(e.Attrition?.Participants?.ShareLost)),
        ("comparison_share_lost", e => Number(e.Attrition?.Comparison?.ShareLost)),
        ("bounds_low", e => Number(e.Attrition?.Bounds?.Low)),
        ("bounds_high", e => Number(e.Attrition?.Bounds?.High)),
        ("comparison_share_nothing_else", e => Number(e.Received?.Nothing?.ComparisonShare)),
    ];

    /// <summary>The columns' names.</summary>
    public static string Header { get; } = string.Join(',', Columns.Select(c => c.Name));

    /// <summary>An effect as a line.</summary>
    public static string Line(Effect effect) => string.Join(',', Columns.Select(c => Field(c.Of(effect))));

    private static string StatusOf(Effect effect) => effect.ResultCase switch
    {
        Effect.ResultOneofCase.Estimate => "estimated",
        Effect.ResultOneofCase.NotEstimable => "not_estimable",
        Effect.ResultOneofCase.Withheld => "withheld",
        Effect.ResultOneofCase.Tombstone => Word(effect.Tombstone.Reason),
        _ => string.Empty,
    };

    // A headline's interval is drawn so that it holds over all looks; beside it each stands at the plan's level.
    private static double LevelOf(Effect effect, Estimate estimate) =>
        effect is { Role: EstimateRole.Headline, Look: { NominalLevel: > 0 } look } ? look.NominalLevel : estimate.ConfidenceLevel;

    private static string Number(Cell? cell) => cell?.ContentCase == Cell.ContentOneofCase.Value ? Text(cell.Value) : string.Empty;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // An unset one is no word.
    private static string Word<T>(T value)
        where T : struct, Enum
    {
        if (EqualityComparer<T>.Default.Equals(value, default)) return string.Empty;
        var name = value.ToString();
        return string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
    }

    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
