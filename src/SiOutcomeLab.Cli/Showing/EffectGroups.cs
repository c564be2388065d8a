using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>What an effect tells of its two groups: who was lost, and what they received.</summary>
internal static class EffectGroups
{
    public static void WriteAttrition(Terminal terminal, Effect effect)
    {
        if (effect.Attrition is not { } attrition) return;
        var language = terminal.Language;
        terminal.Line();
        terminal.Line(terminal.Pick("Bortfall före utfallet", "Lost before the outcome"));
        var table = new TextTable(
            new TextColumn(terminal.Pick("grupp", "group")),
            new TextColumn(terminal.Pick("följda", "followed"), IsRight: true),
            new TextColumn(terminal.Pick("utan utfall", "no outcome"), IsRight: true),
            new TextColumn(terminal.Pick("andel", "share"), IsRight: true),
            new TextColumn(terminal.Pick("varför", "why"), MaximumWidth: 44));
        Add(terminal.Pick("deltagare", "participants"), attrition.Participants);
        Add(terminal.Pick("jämförelse", "comparison"), attrition.Comparison);
        table.Write(terminal.Out, "  ");

        void Add(string name, ArmAttrition arm) => table.Add(
            name,
            CellText.Persons(arm.Persons, language),
            CellText.Persons(arm.Lost, language),
            CellText.Percent(arm.ShareLost, language),
            string.Join(", ", arm.Losses.Select(l => $"{terminal.Pick(EnumWords.Of(l.Reason))} {CellText.Persons(l.Persons, language)}")));
    }

    public static void WriteReceived(Terminal terminal, Effect effect)
    {
        if (effect.Received is not { } mix) return;
        terminal.Line();
        terminal.Line(terminal.Pick(
            "Vad grupperna fick (effekten är mot vad jämförelsepersonerna faktiskt fick)",
            "What the groups received (the effect is against what comparison persons actually received)"));
        var table = new TextTable(
            new TextColumn(terminal.Pick("insats", "intervention")),
            new TextColumn(terminal.Pick("deltagare", "participants"), IsRight: true),
            new TextColumn(terminal.Pick("jämförelse", "comparison"), IsRight: true));
        foreach (var received in mix.Methods.Prepend(mix.Nothing))
        {
            var name = received.Method.Length == 0 ? terminal.Pick("ingen annan", "no other")
                : received.Method == effect.Method ? terminal.Pick($"{received.Method}, senare eller annanstans", $"{received.Method}, later or elsewhere")
                : received.Method;
            table.Add(name, Part(received.Participants, received.ParticipantsShare), Part(received.Comparison, received.ComparisonShare));
        }

        table.Write(terminal.Out, "  ");

        string Part(Cell persons, Cell share) => share.ContentCase == Cell.ContentOneofCase.Value
            ? $"{CellText.Persons(persons, terminal.Language)} ({CellText.Percent(share, terminal.Language)})"
            : CellText.Persons(persons, terminal.Language);
    }
}
