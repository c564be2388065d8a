using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Changes;

/// <summary>
/// The earlier prices of later effects. A measure that only the later plan has, has no earlier price: it is taken at today's, so that what it
/// adds is told as the effect's. One that had no price then has none here, so that what it adds is told as the prices'.
/// </summary>
/// <param name="Prices">The prices.</param>
/// <param name="Uncounted">
/// Measures that had a price and have none any more, while the plan still has them: their later effects are not known, and who pays for them
/// cannot be told what prices did.
/// </param>
public sealed record EarlierPrices(IReadOnlyList<PriceUsed> Prices, IReadOnlyList<MeasureCode> Uncounted)
{
    /// <summary>Finds them.</summary>
    /// <param name="before">The earlier saving's prices.</param>
    /// <param name="gapsBefore">What it had no price for.</param>
    /// <param name="after">The later saving's prices.</param>
    /// <param name="gapsAfter">What it has no price for.</param>
    public static EarlierPrices Of(
        IReadOnlyList<PriceUsed> before, IReadOnlyList<CostGap> gapsBefore, IReadOnlyList<PriceUsed> after, IReadOnlyList<CostGap> gapsAfter)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(gapsBefore);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(gapsAfter);
        var known = before.Select(p => p.Measure).Concat(gapsBefore.Select(g => g.Measure)).ToHashSet();
        var unpriced = gapsAfter.Select(g => g.Measure).Except(after.Select(p => p.Measure)).ToHashSet();
        return new EarlierPrices(
            [.. before, .. after.Where(p => !known.Contains(p.Measure))],
            [.. before.Select(p => p.Measure).Distinct().Where(unpriced.Contains)]);
    }

    /// <summary>Whether a payer's earlier kronor hold something of a measure that is not counted any more.</summary>
    /// <param name="actor">The payer.</param>
    public bool LeavesOut(Actor actor) =>
        Prices.Any(p => Uncounted.Contains(p.Measure) && p.Split.Any(s => s.Item.Actor == actor));
}
