using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Words;

/// <summary>Which look an effect is of, and that it is preliminary before the last.</summary>
internal static class LookText
{
    /// <summary>True for a headline whose interval holds over all looks of its plan.</summary>
    public static bool IsRepeated(Effect effect) => HasSeveral(effect) && effect.Role == EstimateRole.Headline;

    /// <summary>What a table's cell says under the interval; empty when the plan looks once.</summary>
    public static string IntervalLine(Effect effect, Language language) =>
        IsRepeated(effect) ? "\n" + language.Pick("upprepat intervall", "repeated interval") : string.Empty;

    /// <summary>What a table's cell says under the status; empty when the plan looks once.</summary>
    public static string StatusLines(Effect effect, Language language) => !HasSeveral(effect) ? string.Empty
        : effect.Look.IsFinal ? $"\n{language.Pick("slutlig,", "final,")}\n{Number(effect.Look, language)}"
        : $"\n{language.Pick("preliminär,", "preliminary,")}\n{Number(effect.Look, language)}";

    /// <summary>The look in a line; null when the plan looks once.</summary>
    public static string? Sentence(Effect effect, Language language)
    {
        if (!HasSeveral(effect)) return null;
        var (look, share) = (effect.Look, language.Pick(PlainNumber.Fixed(effect.Look.InformationFraction * 100, 0)));
        return look.IsFinal
            ? language.Pick($"slutlig, {Number(look, language)}", $"final, {Number(look, language)}")
            : language.Pick($"preliminär, {Number(look, language)}, {share} % av informationen", $"preliminary, {Number(look, language)}, {share}% of the information");
    }

    private static bool HasSeveral(Effect effect) => effect.Look is { } look && !(look.IsFinal && look.Number == 1);

    // A hub of before told not how many there are.
    private static string Number(Look look, Language language) => look.Looks == 0
        ? language.Pick($"titt {look.Number}", $"look {look.Number}")
        : language.Pick($"titt {look.Number} av {look.Looks}", $"look {look.Number} of {look.Looks}");
}
