using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Custody.V1;

namespace SiOutcomeLab.Cli.Custody;

/// <summary>A submission's life in words.</summary>
internal static class LifeSheet
{
    public static void Write(Terminal terminal, SubmissionLife life)
    {
        terminal.Line(life.Name);
        terminal.Line("  " + terminal.Pick(StateOf(life)));
        if (life.Supersedes.Length > 0) terminal.Line("  " + terminal.Pick($"ersatte {life.Supersedes}", $"replaced {life.Supersedes}"));
        if (life.RetainUntil.Length > 0)
        {
            terminal.Line("  " + terminal.Pick($"raderna får finnas till och med {life.RetainUntil}", $"its rows may be kept through {life.RetainUntil}"));
        }

        if (life.PurgedAt is { } purged)
        {
            terminal.Line("  " + terminal.Pick($"raderna togs bort för gott {TimeText.Day(purged)}", $"its rows were removed for good on {TimeText.Day(purged)}"));
        }

        if (life.ErasedRows > 0)
        {
            var rows = Counted.Rows(life.ErasedRows);
            terminal.Line("  " + terminal.Pick(
                $"{rows.Sv} är {(life.ErasedRows == 1 ? "raderad" : "raderade")} på begäran",
                $"{rows.En} {(life.ErasedRows == 1 ? "has" : "have")} been erased on request"));
        }
    }

    private static Domain.BilingualText StateOf(SubmissionLife life) => life.State switch
    {
        LifeState.Live => new("i bruk: ingår i varje ny utvärdering", "live: part of every new evaluation"),
        LifeState.Superseded => new($"ersatt av en senare leverans {TimeText.Day(life.EndedAt)}", $"replaced by a later submission on {TimeText.Day(life.EndedAt)}"),
        LifeState.Withdrawn => new($"återtagen {TimeText.Day(life.EndedAt)}", $"withdrawn on {TimeText.Day(life.EndedAt)}"),
        _ => new(life.State.ToString(), life.State.ToString()),
    };
}
