using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>How an effect's two groups differ period by period.</summary>
internal static class EffectCourse
{
    public static void Write(Terminal terminal, Effect effect)
    {
        if (effect.EventStudy.Count == 0) return;
        terminal.Line();
        terminal.Line(terminal.Pick("Skillnaden period för period", "The difference period by period"));
        Wrap.Write(
            terminal.Out,
            terminal.Pick(
                "Före starten ska den vara ingen; där grupperna gjorts lika är den det av sig själv.",
                "Before the start it should be none; where the groups were made alike it is so of itself."),
            "  ");
        var table = new TextTable(
            new TextColumn(terminal.Pick("från start", "from start"), IsRight: true),
            new TextColumn(terminal.Pick("skillnad (intervall)", "difference (interval)"), IsRight: true));
        foreach (var point in effect.EventStudy)
        {
            var time = point.Time.ToString("+0;\u22120;0", System.Globalization.CultureInfo.InvariantCulture);
            table.Add(time, CellText.PointAndInterval(point.Point, point.CiLow, point.CiHigh, terminal.Language));
        }

        table.Write(terminal.Out, "  ");
    }
}
