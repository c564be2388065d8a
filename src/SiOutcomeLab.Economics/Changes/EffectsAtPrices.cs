using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Changes;

/// <summary>What a line of a saving comes to for one payer.</summary>
/// <param name="Actor">Who pays.</param>
/// <param name="Sek">Kronor per participant; above zero is saved.</param>
/// <param name="Contributors">How many stand behind it, on the careful side.</param>
public sealed record PayerSum(Actor Actor, decimal Sek, Contributors Contributors);

/// <summary>
/// Effects that were kept, at prices that were kept: the same kronor to the last digit as <see cref="Saving"/> made of them, from plain values
/// and without an interval. Payers only; what a person receives is no payer's.
/// </summary>
public static class EffectsAtPrices
{
    /// <summary>One line of the saving, by payer in the actors' order; only those on whom a price falls.</summary>
    /// <param name="line">Which line; budgets as far as they can be cut within the effects' last event year.</param>
    /// <param name="effects">Effect per participant by measure and event year.</param>
    /// <param name="prices">The prices; an effect on a measure without one comes to nothing.</param>
    /// <param name="rate">How later years are discounted.</param>
    public static IReadOnlyList<PayerSum> Of(
        SavingLine line, IReadOnlyList<MeasureQuantity> effects, IReadOnlyList<PriceUsed> prices, DiscountRate rate)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentNullException.ThrowIfNull(rate);
        var lastYear = effects.Select(e => e.EventYear).DefaultIfEmpty(0).Max();
        var parts =
            from effect in effects
            from price in prices
            where price.Measure == effect.Measure
            let factor = Factor(line, price, rate, effect.EventYear, lastYear)
            where factor is not null
            let amounts = LineDraft.Amounts(effect.Mean, price.PerMeasureUnit * factor.Value, price.Split).Parts
            from part in price.Split.Select((p, i) => (p.Item, Sek: amounts[i], effect.Contributors))
            where part.Item.Code != BudgetItem.IndividualIncome.Code
            select part;
        return
        [
            .. parts.GroupBy(p => p.Item.Actor).OrderBy(g => g.Key)
                .Select(g => new PayerSum(g.Key, g.Sum(p => p.Sek), Contributors.BehindAll(g.Select(p => p.Contributors)))),
        ];
    }

    // As in SavingCuts; null when a budget can be cut first after the effects' last year.
    private static decimal? Factor(SavingLine line, PriceUsed price, DiscountRate rate, int eventYear, int lastYear) => line switch
    {
        SavingLine.EconomicValue => -rate.Factor(eventYear),
        SavingLine.Marginal => -rate.Factor(eventYear) * price.MarginalShare,
        SavingLine.BudgetReducible => eventYear + price.CashableLagYears > lastYear
            ? null
            : -rate.Factor(eventYear + price.CashableLagYears) * price.CashableShare,
        _ => throw new ArgumentOutOfRangeException(nameof(line), line, "There are three lines."),
    };
}
