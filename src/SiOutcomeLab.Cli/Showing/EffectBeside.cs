using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>What stands beside an effect's numbers: the look, how strong a hidden difference would have to be, warnings.</summary>
internal static class EffectBeside
{
    public static void Write(Terminal terminal, Effect effect, Action<string, string> row)
    {
        var language = terminal.Language;
        if (effect.AdjustedPValue is { } adjusted)
        {
            row(terminal.Pick("p, alla utfall", "p, all outcomes"), CellText.Number(adjusted, 3, language));
        }

        if (effect.Robustness is { } robustness)
        {
            row(
                terminal.Pick("E-värde", "E-value"),
                terminal.Pick(
                    $"{CellText.Number(robustness.EValue, 1, language)}, intervallets {CellText.Number(robustness.EValueOfInterval, 1, language)}",
                    $"{CellText.Number(robustness.EValue, 1, language)}, the interval's {CellText.Number(robustness.EValueOfInterval, 1, language)}"));
            if (robustness.RosenbaumGamma is { } gamma) row(terminal.Pick("Rosenbaums gamma", "Rosenbaum's gamma"), CellText.Number(gamma, 1, language));
        }

        if (effect.Attrition?.Bounds is { } bounds)
        {
            row(
                terminal.Pick("Lees gränser", "Lee's bounds"),
                bounds.Low.ContentCase == Cell.ContentOneofCase.Value
                    ? terminal.Pick(
                        $"{CellText.Interval(bounds.Low, bounds.Low, bounds.High, language)}, intervall {CellText.Interval(bounds.Low, bounds.CiLow, bounds.CiHigh, language)}",
                        $"{CellText.Interval(bounds.Low, bounds.Low, bounds.High, language)}, interval {CellText.Interval(bounds.Low, bounds.CiLow, bounds.CiHigh, language)}")
                    : CellText.Withheld(language));
        }

        if (LookText.Sentence(effect, language) is { } look) row(terminal.Pick("titt", "look"), look);

        if (effect.DriftAlarm)
        {
            row(terminal.Pick("larm", "alarm"), terminal.Pick("skattningen har lämnat förra tittens intervall", "the estimate has left the last look's interval"));
        }

        if (effect.FalsificationWarning)
        {
            row(
                terminal.Pick("varning", "warning"),
                terminal.Pick(
                    "grupperna skiljer sig i något som insatsen inte kan påverka", "the groups differ in something that the intervention cannot change"));
        }
    }
}
