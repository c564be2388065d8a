using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Economics.Changes;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Disclosure.Changes;

/// <summary>
/// The gate for what is told of a change in kronor. The order is stated: first the effect, at the earlier prices; then the prices, at the later
/// effect; what the two do together falls to the prices. Both ends are what has been released. What stands between them, the later effect at
/// the earlier prices, passes as a saving does: row by row, and no sum where a row is withheld. Where an end is withheld nothing is divided.
/// </summary>
/// <remarks>
/// Prices are public, so a part is a known multiple of the measures behind its row; each of those passes by itself, since a row is judged by
/// its weakest measure.
/// </remarks>
/// <param name="policy">The rules that apply.</param>
public sealed class KronorChangeGate(DisclosurePolicy policy)
{
    private static readonly SavingLine[] Lines = [SavingLine.EconomicValue, SavingLine.Marginal, SavingLine.BudgetReducible];

    private readonly MoneyGate _money = new(policy);

    /// <summary>What may be told.</summary>
    /// <param name="before">The earlier kronor; null when there are none.</param>
    /// <param name="after">The later ones by the same set; null when there are none, unless there are earlier ones.</param>
    /// <param name="effects">The effects that the later ones priced, at full precision; null where they were not kept.</param>
    public Released<ReleasedKronorChange> Release(ReleasedCosts? before, ReleasedCosts? after, IReadOnlyList<MeasureQuantity>? effects)
    {
        var any = after ?? before ?? throw new ArgumentException("There must be kronor on one side.", nameof(after));
        if (before is not null && after is not null && before.Terms.UnitCostSet != after.Terms.UnitCostSet)
        {
            throw new ArgumentException("Two sets of unit costs are not two times.", nameof(after));
        }

        var obstacle = ObstacleTo(before, after, effects);
        return new Released<ReleasedKronorChange>(
            new ReleasedKronorChange(
                any.Terms.UnitCostSet,
                SideOf(before),
                SideOf(after),
                obstacle,
                before is null || after is null ? [] : PriceChange.Between(before.Prices, after.Prices),
                obstacle is null ? [.. Lines.Select(l => LineOf(l, before!, after!, effects!))] : []),
            policy.Audience,
            policy.RuleVersion);
    }

    private static KronorObstacle? ObstacleTo(ReleasedCosts? before, ReleasedCosts? after, IReadOnlyList<MeasureQuantity>? effects) =>
        before is null ? KronorObstacle.NotCostedBefore
        : after is null ? KronorObstacle.NotCostedAfter
        : before.Saving is null ? KronorObstacle.NoSavingBefore
        : after.Saving is null ? KronorObstacle.NoSavingAfter
        : before.HorizonYears != after.HorizonYears ? KronorObstacle.OtherYears
        : effects is null ? KronorObstacle.EffectsNotKept
        : null;

    private static KronorSide? SideOf(ReleasedCosts? costs) => costs is null ? null : new KronorSide(costs.Name, costs.Terms);

    private ReleasedLineChange LineOf(SavingLine line, ReleasedCosts before, ReleasedCosts after, IReadOnlyList<MeasureQuantity> effects)
    {
        var (first, last) = (TableOf(before.Saving!, line), TableOf(after.Saving!, line));
        var prices = EarlierPrices.Of(before.Prices, before.Gaps, after.Prices, after.Gaps);
        // A saving's number of participants is withheld when, and only when, all of it is.
        var (paid, rows) = _money.ReleasePoints(
            EffectsAtPrices.Of(line, effects, prices.Prices, before.Terms.Rate), after.Saving!.Participants.Suppression, SumBasis.OfEffect);
        var between = rows.ToDictionary(r => r.Actor, r => r.Sek);
        var isWhole = prices.Uncounted.Count == 0;
        var actors = first.ByActor.Concat(last.ByActor).Select(a => a.Actor).Concat(between.Keys).Distinct().Order();
        return new ReleasedLineChange(
            line,
            Divide(first.Paid, isWhole ? paid : null, last.Paid),
            [
                .. actors.Select(actor => new ReleasedActorDivision(actor, Divide(
                    CellOf(first, actor), prices.LeavesOut(actor) ? null : between.GetValueOrDefault(actor, Nothing), CellOf(last, actor)))),
            ]);
    }

    // Where only prices changed, what stands between is the earlier kronor: it is never shown where an end is not.
    private static ReleasedDivision Divide(Cell before, Cell? between, Cell after) => new(before, before.IsShown && after.IsShown ? between : null, after);

    // No price falls on the payer: that it comes to nothing is public.
    private static Cell Nothing => Cell.Shown(0);

    private static Cell CellOf(ReleasedMoney money, Actor actor) => money.ByActor.FirstOrDefault(a => a.Actor == actor)?.Sek ?? Nothing;

    private static ReleasedMoney TableOf(ReleasedSaving saving, SavingLine line) => line switch
    {
        SavingLine.EconomicValue => saving.EconomicValue,
        SavingLine.Marginal => saving.Marginal,
        SavingLine.BudgetReducible => saving.BudgetReducible,
        _ => throw new ArgumentOutOfRangeException(nameof(line), line, "There are three lines."),
    };
}
