using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Economics.Changes;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;
using SiOutcomeLab.Economics.Words;

namespace SiOutcomeLab.Disclosure.Costs;

/// <summary>A money table's sums through the gate.</summary>
/// <remarks>
/// Prices and splits are public, so an actor's kronor are a known multiple of the measures behind them. An actor's row is therefore withheld
/// for the weakest measure behind it, with every other row that rests on that measure; and then no sum over actors is shown at all, since
/// the withheld rows would be what is missing from it.
/// </remarks>
internal sealed class MoneyGate(DisclosurePolicy policy)
{
    /// <summary>The table as it may be shown, and for words; the latter is null unless all of it is shown.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="refusal">Why nothing of it may be shown; null when its own rows decide.</param>
    /// <param name="basisOf">What an amount rests on.</param>
    public (ReleasedMoney Money, ShownTable? Words) Release(
        MoneySummary sums, SuppressionReason? refusal, Func<Contributors, SumBasis> basisOf)
    {
        var payers = sums.ByActor.Where(a => Paid(sums, a.Actor) is not null).ToList();
        var step = StepOf(sums);
        var reasons = payers.Select(a => refusal ?? policy.RefusesSum(basisOf(a.Contributors))).ToList();
        // A sum less the rows that are shown is what the withheld ones come to.
        SuppressionReason? ofSums = refusal ?? (reasons.TrueForAll(r => r is null) ? null : SuppressionReason.Secondary);
        var shown = ofSums is null ? Table(sums, payers, step) : null;
        var money = new ReleasedMoney(
            refusal is null ? policy.Count(sums.Contributors.Persons) : Cell.Suppressed(refusal.Value),
            Of(ofSums, sums.Paid.Sek, step),
            Of(ofSums, sums.Paid.Low, step),
            Of(ofSums, sums.Paid.High, step),
            Exact(ofSums, shown?.Resources),
            Exact(ofSums, shown?.Transfers),
            [
                .. payers.Select((a, i) =>
                {
                    var paid = Paid(sums, a.Actor)!;
                    var sek = shown?.ByActor.Single(s => s.Actor == a.Actor).Sek;
                    return new ReleasedActor(
                        a.Actor,
                        sek is null ? Of(reasons[i], paid.Sek, step) : Exact(reasons[i], sek),
                        Of(reasons[i], paid.Low, step),
                        Of(reasons[i], paid.High, step));
                }),
            ],
            [
                .. sums.ByProvenance.Select(p => new ReleasedProvenance(
                    p.Provenance, Exact(ofSums, shown?.ByProvenance.Single(s => s.Provenance == p.Provenance).Sek))),
            ])
        {
            ByBudgetItem = ItemsOf(sums, ofSums, step, basisOf),
        };
        return (money, shown);
    }

    /// <summary>
    /// What payers' sums come to as points alone, by the same rules and in the same steps: the same sums give the same cells as
    /// <see cref="Release"/> does.
    /// </summary>
    /// <param name="sums">The sums by payer.</param>
    /// <param name="refusal">Why nothing of it may be shown; null when its own rows decide.</param>
    /// <param name="basisOf">What an amount rests on.</param>
    public (Cell Paid, IReadOnlyList<(Actor Actor, Cell Sek)> ByActor) ReleasePoints(
        IReadOnlyList<PayerSum> sums, SuppressionReason? refusal, Func<Contributors, SumBasis> basisOf)
    {
        var step = StepOf([.. sums.Select(s => s.Sek)], sums.Sum(s => s.Sek));
        var reasons = sums.Select(s => refusal ?? policy.RefusesSum(basisOf(s.Contributors))).ToList();
        SuppressionReason? ofSums = refusal ?? (reasons.TrueForAll(r => r is null) ? null : SuppressionReason.Secondary);
        var (shown, total) = LargestRemainder.Round([.. sums.Select(s => s.Sek)], step);
        return (
            Exact(ofSums, total),
            [.. sums.Select((s, i) => (s.Actor, ofSums is null ? Exact(null, shown[i]) : Of(reasons[i], s.Sek, step)))]);
    }

    /// <summary>A table's paid kronor counted in another way, told beside it.</summary>
    /// <param name="sums">The table.</param>
    /// <param name="sek">Kronor.</param>
    /// <param name="refusal">Why it may not be shown; null when it may.</param>
    public Cell Beside(MoneySummary sums, decimal sek, SuppressionReason? refusal) => Of(refusal, sek, StepOf(sums));

    // An item is a part of its actor's row: where a row is withheld, its items would tell it.
    private ReleasedBudgetItem[] ItemsOf(MoneySummary sums, SuppressionReason? ofSums, decimal step, Func<Contributors, SumBasis> basisOf)
    {
        var paid = sums.ByBudgetItem.Where(i => i.Item.Code != BudgetItem.IndividualIncome.Code).ToList();
        var why = paid.Select(i => ofSums ?? policy.RefusesSum(basisOf(i.Contributors))).FirstOrDefault(r => r is not null);
        var (shown, _) = LargestRemainder.Round([.. paid.Select(i => i.Amount.Sek)], step);
        return
        [
            .. paid.Select((i, k) => new ReleasedBudgetItem(
                i.Item, Exact(why, shown[k]), Of(why, i.Amount.Low, step), Of(why, i.Amount.High, step))),
        ];
    }

    private decimal StepOf(MoneySummary sums) =>
        StepOf([.. sums.ByActor.Select(a => Paid(sums, a.Actor)).OfType<MoneyEstimate>().Select(a => a.Sek)], sums.Paid.Sek);

    private decimal StepOf(IReadOnlyList<decimal> parts, decimal total) => (decimal)policy.KronaStep((double)parts.Append(total).Max(Math.Abs));

    // What an actor pays. The person's own transfers are the receipt of what others pay, and are told with those.
    private static MoneyEstimate? Paid(MoneySummary sums, Actor actor)
    {
        var amount = sums.ByActor.Single(a => a.Actor == actor);
        return actor != Actor.Individual ? amount.Together : amount.Real is { Sek: 0, StandardError: 0 } ? null : amount.Real;
    }

    private static ShownTable Table(MoneySummary sums, List<ActorAmount> payers, decimal step)
    {
        var (actors, total) = LargestRemainder.Round([.. payers.Select(a => Paid(sums, a.Actor)!.Sek)], step);
        var (kinds, _) = LargestRemainder.Round([sums.Paid.Sek - sums.TransfersPaid.Sek, sums.TransfersPaid.Sek], step);
        var (marks, _) = LargestRemainder.Round([.. sums.ByProvenance.Select(p => p.Amount.Sek)], step);
        return new ShownTable(
            new ShownAmount(total, Nearest(sums.Paid.Low, step), Nearest(sums.Paid.High, step)),
            kinds[0],
            kinds[1],
            [.. payers.Select((a, i) => (a.Actor, actors[i]))],
            [.. sums.ByProvenance.Select((p, i) => (p.Provenance, marks[i]))],
            sums.Paid.Level);
    }

    private static Cell Of(SuppressionReason? why, decimal sek, decimal step) => Exact(why, Nearest(sek, step));

    private static Cell Exact(SuppressionReason? why, decimal? sek) =>
        why is { } reason ? Cell.Suppressed(reason) : Cell.Shown((double)sek!.Value);

    private static decimal Nearest(decimal sek, decimal step) => decimal.Round(sek / step, 0, MidpointRounding.AwayFromZero) * step;
}
