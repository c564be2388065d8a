using System.Globalization;
using SiOutcomeLab.Charts;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>What a plan could find, for people: numbers, power, and what more participants would give.</summary>
internal static class FeasibilitySheet
{
    private const int Wide = 720;

    public static void Write(Terminal terminal, Feasibility answer)
    {
        terminal.Line(terminal.Pick("Kan planen hitta det den söker?", "Can the plan find what it is after?"));
        if (answer.Reference.Length > 0)
        {
            Row(terminal.Pick("räknat på", "reckoned on"), answer.Reference);
            Row(terminal.Pick("i målgruppen", "eligible"), Persons(answer.Eligible));
            Row(terminal.Pick("att jämföra med", "to compare with"), Persons(answer.Comparison));
            Row(terminal.Pick("andel som blir kvar", "share retained"), Number(answer.ShareRetained, 2));
            Row(terminal.Pick("medel utan insatsen", "mean without it"), Number(answer.Mean, null));
            Row(terminal.Pick("standardavvikelse", "standard deviation"), Number(answer.StandardDeviation, null));
            Row(terminal.Pick("förklarad varians", "variance explained"), Number(answer.VarianceExplained, 2));
        }

        Row(terminal.Pick("deltagare", "participants"), Three(answer.Participants));
        terminal.Line();
        if (answer.Figures is not { } figures)
        {
            Wrap.Write(terminal.Out, terminal.Pick(EnumWords.Of(answer.Obstacle)), "  ");
            return;
        }

        WriteFigures(terminal, figures);

        void Row(string name, string value) => terminal.Line($"  {name,-20} {value}");
        string Persons(PersonNumber number) => Number(number, 0);
        string Three(double value) => terminal.Pick(PlainNumber.ThreeDigits(value));
        string Number(PersonNumber number, int? decimals) => !number.HasValue
            ? CellText.Withheld(terminal.Language)
            : terminal.Pick(PlainNumber.Fixed(number.Value, decimals ?? PlainNumber.DecimalsFor(number.Value)));
    }

    /// <summary>Power against the number of participants; null when there is nothing to draw.</summary>
    public static string? Draw(Feasibility answer, Language language)
    {
        if (answer.Figures is not { ByParticipants.Count: > 0 } figures) return null;
        var effect = PlainNumber.ThreeDigits(figures.Worthwhile?.Effect ?? figures.DetectableAt80);
        var line = new PowerLine(
            language.Pick($"effekt {effect.Sv}", $"effect {effect.En}"),
            [.. figures.ByParticipants.Select(p => new Charts.PowerPoint(p.Participants, p.Power))]);
        var frame = new ChartFrame(
            language.Pick("Styrka efter antal deltagare", "Power by number of participants"),
            language.Pick(
                $"Hur säkert en effekt på {effect.Sv} skulle hittas med olika många deltagare.",
                $"How surely an effect of {effect.En} would be found with different numbers of participants."),
            language == Language.Swedish ? ChartLanguage.Swedish : ChartLanguage.English)
        {
            Width = Wide,
        };
        return PowerCurve.Draw(new PowerData([line], language.Pick("deltagare", "participants")), frame);
    }

    private static void WriteFigures(Terminal terminal, PowerFigures figures)
    {
        Wrap.Write(
            terminal.Out,
            terminal.Pick(
                $"Med {Three(figures.RetainedParticipants)} deltagare kvar mot {Three(figures.ComparisonUsed)} jämförelsepersoner hittas en effekt på "
                    + $"{Three(figures.DetectableAt80)} med 80 procents säkerhet och en på {Three(figures.DetectableAt90)} med 90.",
                $"With {Three(figures.RetainedParticipants)} participants retained against {Three(figures.ComparisonUsed)} comparison persons, an effect of "
                    + $"{Three(figures.DetectableAt80)} is found with 80 per cent probability, and one of {Three(figures.DetectableAt90)} with 90."),
            "  ");
        if (figures.Worthwhile is { } worthwhile) WriteWorthwhile(terminal, worthwhile);
        terminal.Line();
        var table = new TextTable(
            new TextColumn(terminal.Pick("fler deltagare", "more participants"), IsRight: true),
            new TextColumn(terminal.Pick("hittar med 80 %", "found with 80%"), IsRight: true));
        foreach (var more in figures.WithMore)
        {
            table.Add("+" + more.More.ToString(CultureInfo.InvariantCulture), Three(more.DetectableAt80));
        }

        table.Write(terminal.Out, "  ");
        terminal.Line();
        var curve = new TextTable(
            new TextColumn(terminal.Pick("effekt", "effect"), IsRight: true), new TextColumn(terminal.Pick("styrka", "power"), IsRight: true), new TextColumn(string.Empty));
        foreach (var point in figures.Curve.Where((_, i) => i % 2 == 0))
        {
            curve.Add(Three(point.Effect), $"{point.Power * 100:0}{terminal.Pick(" %", "%")}", new string('█', (int)Math.Round(point.Power * 30)));
        }

        curve.Write(terminal.Out, "  ");

        string Three(double value) => terminal.Pick(PlainNumber.ThreeDigits(value));
    }

    private static void WriteWorthwhile(Terminal terminal, WorthwhilePower worthwhile)
    {
        var effect = PlainNumber.ThreeDigits(worthwhile.Effect);
        var power = (worthwhile.Power * 100).ToString("0", CultureInfo.InvariantCulture);
        var enough = worthwhile is { HasParticipantsFor80: true, HasParticipantsFor90: true }
            ? terminal.Pick(
                $"{Whole(worthwhile.ParticipantsFor80).Sv} deltagare skulle ge 80 procent, {Whole(worthwhile.ParticipantsFor90).Sv} skulle ge 90.",
                $"{Whole(worthwhile.ParticipantsFor80).En} participants would give 80 per cent, {Whole(worthwhile.ParticipantsFor90).En} would give 90.")
            : terminal.Pick(
                "Inget antal deltagare räcker: jämförelsepersonerna är för få.", "No number of participants is enough: the comparison persons are too few.");
        Wrap.Write(
            terminal.Out,
            terminal.Pick(
                $"Den minsta effekt som är värd pengarna, {effect.Sv}, hittas med {power} procents säkerhet. {enough}",
                $"The smallest effect worth the money, {effect.En}, is found with {power} per cent probability. {enough}"),
            "  ");

        static BilingualText Whole(double value) => PlainNumber.Fixed(value, 0);
    }
}
