using System.Globalization;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Explanations.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>Why a published number is what it is, step by step, and what has changed.</summary>
internal static class ExplanationSheet
{
    public static void Write(Terminal terminal, ExplainEffectResponse answer)
    {
        terminal.Line(answer.Name);
        for (var i = 0; i < answer.Steps.Count; i++)
        {
            var step = answer.Steps[i];
            terminal.Line();
            terminal.Line($"{(i + 1).ToString(CultureInfo.InvariantCulture)}. {terminal.Pick(ExplanationNames.Of(step.Link))}");
            Wrap.Write(terminal.Out, terminal.Pick(step.TextSv, step.TextEn), "   ");
        }

        if (answer.Change is { } change) WriteChange(terminal, change);
    }

    private static void WriteChange(Terminal terminal, EffectChange change)
    {
        terminal.Line();
        terminal.Line(terminal.Pick($"Vad som ändrats sedan {change.FromRun}", $"What has changed since {change.FromRun}"));
        if (change.Obstacle != ChangeObstacle.Unspecified)
        {
            Wrap.Write(terminal.Out, terminal.Pick(ExplanationNames.Of(change.Obstacle)), "   ");
        }
        else
        {
            WriteParts(terminal, change);
        }

        foreach (var kronor in change.Kronor) KronorChangeSheet.Write(terminal, kronor);
    }

    private static void WriteParts(Terminal terminal, EffectChange change)
    {
        terminal.Line($"   {Shown(change.HasFrom, change.From)} → {Shown(change.HasTo, change.To)}");
        var table = new TextTable(
            new TextColumn(terminal.Pick("nytt", "new"), MaximumWidth: 36), new TextColumn(terminal.Pick("ändrar med", "changes it by"), MaximumWidth: 52));
        foreach (var part in change.Parts) table.Add(terminal.Pick(ExplanationNames.Of(part.Source)), Told(part));
        table.Write(terminal.Out, "   ");

        string Shown(bool has, double value) => has ? terminal.Pick(PlainNumber.ThreeDigits(value)) : CellText.Withheld(terminal.Language);

        string Told(ChangePart part) => part is { Told: ChangeTold.Number, HasChange: true }
            ? (part.Change > 0 ? "+" : string.Empty) + terminal.Pick(PlainNumber.ThreeDigits(part.Change))
            : terminal.Pick(ExplanationNames.Of(part.Told));
    }
}
