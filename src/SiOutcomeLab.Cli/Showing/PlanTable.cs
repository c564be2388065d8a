using System.Globalization;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>Plans and drafts, a row each, within 100 columns.</summary>
internal static class PlanTable
{
    public static async Task WriteAsync(
        Terminal terminal, bool isJson, IAsyncEnumerable<RegisteredPlan> plans, CancellationToken cancellationToken)
    {
        if (isJson)
        {
            await ProtoJson.WriteArrayAsync(terminal.Out, plans, cancellationToken);
            return;
        }

        var table = new TextTable(
            new TextColumn("plan", MaximumWidth: 24),
            new TextColumn("v", IsRight: true),
            new TextColumn("org", MaximumWidth: 6),
            new TextColumn(terminal.Pick("mått", "measure"), MaximumWidth: 16),
            new TextColumn(terminal.Pick("läge", "state"), MaximumWidth: 11),
            new TextColumn(terminal.Pick("tidpunkt", "timing"), MaximumWidth: 13),
            new TextColumn(terminal.Pick("titt från", "look from"), MaximumWidth: 10));
        await foreach (var p in plans.WithCancellation(cancellationToken))
        {
            table.Add(
                p.Plan.Id,
                p.Plan.Version.ToString(CultureInfo.InvariantCulture),
                p.Plan.Organisation,
                p.Plan.Primary?.Measure ?? "–",
                terminal.Pick(EnumWords.Of(p.State)),
                terminal.Pick(EnumWords.Of(p.Timing)),
                p.Plan.LookDueOn);
        }

        table.Write(terminal.Out);
    }

    public static async Task WriteAsync(Terminal terminal, bool isJson, IAsyncEnumerable<PlanDraft> drafts, CancellationToken cancellationToken)
    {
        if (isJson)
        {
            await ProtoJson.WriteArrayAsync(terminal.Out, drafts, cancellationToken);
            return;
        }

        var table = new TextTable(
            new TextColumn(terminal.Pick("utkast", "draft"), MaximumWidth: 30),
            new TextColumn(terminal.Pick("sparat", "saved"), MaximumWidth: 16),
            new TextColumn(terminal.Pick("saknar", "lacks"), MaximumWidth: 48));
        await foreach (var draft in drafts.WithCancellation(cancellationToken))
        {
            table.Add(
                draft.Name,
                TimeText.Minute(draft.SavedAt),
                draft.Problems.Count == 0
                    ? terminal.Pick("inget: kan registreras", "nothing: it can be registered")
                    : string.Join(", ", draft.Problems.Select(p => p.Field)));
        }

        table.Write(terminal.Out);
    }
}
