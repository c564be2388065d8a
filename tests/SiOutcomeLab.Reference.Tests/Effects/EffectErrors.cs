using SiOutcomeLab.Statistics.Effects;

namespace SiOutcomeLab.Reference.Tests.Effects;

/// <summary>An effect's standard error of a given type, the headline's or one beside it.</summary>
internal static class EffectErrors
{
    public static double Error(this EffectResult effect, StandardErrorType type) =>
        effect.StandardErrorType == type ? effect.StandardError : effect.Alternatives.Single(other => other.Type == type).Value;

    /// <summary>By R's name for it.</summary>
    public static double Error(this EffectResult effect, string name) => effect.Error(name switch
    {
        "model" => StandardErrorType.Classical,
        "HC0" => StandardErrorType.Hc0,
        "HC1" => StandardErrorType.Hc1,
        "HC2" => StandardErrorType.Hc2,
        "HC3" => StandardErrorType.Hc3,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such error.")
    });
}
