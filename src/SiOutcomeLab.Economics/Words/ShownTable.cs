using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Words;

/// <summary>An amount as shown, with its interval.</summary>
/// <param name="Sek">Kronor.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
public sealed record ShownAmount(decimal Sek, decimal Low, decimal High);

/// <summary>
/// A table as readers meet it: payers' kronor rounded to one step. Actors' parts, resources and transfers, and the marks each sum to the
/// shown total, by <see cref="LargestRemainder"/>. A disclosure gate makes its own from what it lets through.
/// </summary>
/// <param name="Total">What payers pay together.</param>
/// <param name="Resources">Of it, resources.</param>
/// <param name="Transfers">Of it, transfers.</param>
/// <param name="ByActor">Of it, by paying actor.</param>
/// <param name="ByProvenance">Of it, by what it rests on.</param>
/// <param name="Level">The interval's level, e.g. 0.95.</param>
public sealed record ShownTable(
    ShownAmount Total,
    decimal Resources,
    decimal Transfers,
    IReadOnlyList<(Actor Actor, decimal Sek)> ByActor,
    IReadOnlyList<(Provenance Provenance, decimal Sek)> ByProvenance,
    double Level)
{
    /// <summary>Rounds a table for readers.</summary>
    /// <param name="table">The exact table.</param>
    /// <param name="step">What amounts are shown in, e.g. 100 for whole hundreds of kronor; positive.</param>
    public static ShownTable Of(MoneyTable table, decimal step)
    {
        ArgumentNullException.ThrowIfNull(table);
        var paid = table.Paid;
        var actors = table.Lines.Where(l => !l.IsReceipt).Select(l => l.Item.Actor).Distinct().Order().ToList();
        var (byActor, total) = LargestRemainder.Round([.. actors.Select(a => table.Sum(l => !l.IsReceipt && l.Item.Actor == a).Sek)], step);
        var (kinds, _) = LargestRemainder.Round([table.Real.Sek, table.TransfersPaid.Sek], step);
        var marks = table.ByProvenance;
        var (byMark, _) = LargestRemainder.Round([.. marks.Select(m => m.Amount.Sek)], step);
        return new ShownTable(
            new ShownAmount(total, Nearest(paid.Low, step), Nearest(paid.High, step)),
            kinds[0],
            kinds[1],
            [.. actors.Select((actor, i) => (actor, byActor[i]))],
            [.. marks.Select((mark, i) => (mark.Provenance, byMark[i]))],
            paid.Level);
    }

    private static decimal Nearest(decimal sek, decimal step) => decimal.Round(sek / step, 0, MidpointRounding.AwayFromZero) * step;
}
