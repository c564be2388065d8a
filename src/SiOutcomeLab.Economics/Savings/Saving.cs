using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Savings;

/// <summary>Effects of an intervention, as they shall be turned into kronor.</summary>
/// <param name="Subject">The intervention, method or plan that they are of.</param>
/// <param name="Set">Effect per participant in each event year, in the measures' units; below zero means less of the measure.</param>
/// <param name="Participants">The participants that the effects hold for; money counts them only.</param>
/// <param name="Standing">Verified or indicative; indicative savings pay nothing.</param>
public sealed record EffectQuantities(string Subject, QuantitySet Set, int Participants, Standing Standing);

/// <summary>The three answers to what was saved.</summary>
public enum SavingLine
{
    /// <summary>Effect times unit cost: what the resources were worth, used or not.</summary>
    EconomicValue = 1,

    /// <summary>The share of it that stops being spent when there is a little less of the measure.</summary>
    Marginal = 2,

    /// <summary>The share by which a budget can be cut, when it can be cut.</summary>
    BudgetReducible = 3,
}

/// <summary>
/// Effect times unit cost by actor, per participant, as present value in event year 0. Kronor above zero are saved, below zero lost.
/// </summary>
/// <param name="Effects">The effects.</param>
/// <param name="UnitCostSet">The unit costs they were priced with.</param>
/// <param name="PriceLevel">The prices they are told in.</param>
/// <param name="Rate">The discount rate.</param>
/// <param name="Prices">Every price used, each with its uprating.</param>
/// <param name="EconomicValue">The whole value; what a person no longer receives as a transfer stands with them.</param>
/// <param name="Marginal">What stops being spent; likewise.</param>
/// <param name="BudgetReducible">What budgets can be cut by within the effects' last event year; payers only.</param>
/// <param name="BudgetReducibleLater">What they can be cut by first after that year, since budgets lag; not in <paramref
/// name="BudgetReducible"/>.</param>
public sealed record Saving(
    EffectQuantities Effects,
    string UnitCostSet,
    PriceLevel PriceLevel,
    DiscountRate Rate,
    IReadOnlyList<UnitPrice> Prices,
    MoneyTable EconomicValue,
    MoneyTable Marginal,
    MoneyTable BudgetReducible,
    MoneyTable BudgetReducibleLater)
{
    /// <summary>Turns effects into kronor.</summary>
    /// <param name="effects">The effects.</param>
    /// <param name="terms">With which unit costs, in which prices.</param>
    /// <param name="rate">How later years are discounted to event year 0.</param>
    /// <param name="level">The intervals' level.</param>
    /// <returns>The saving, or everything that is missing in the register.</returns>
    public static Costable<Saving> Of(EffectQuantities effects, PriceTerms terms, DiscountRate rate, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(rate);
        ArgumentOutOfRangeException.ThrowIfLessThan(effects.Participants, 1);
        return terms.For(effects.Set.Quantities).Map(prices =>
        {
            var cuts = new SavingCuts(effects.Set, prices, rate);
            return new Saving(
                effects,
                terms.Set,
                terms.Level,
                rate,
                [.. prices.SelectMany(p => p).DistinctBy(p => p.Cost.Code).OrderBy(p => p.Cost.Code, StringComparer.Ordinal)],
                new MoneyTable(cuts.EconomicValue(), effects.Set, level),
                new MoneyTable(cuts.Marginal(), effects.Set, level),
                new MoneyTable(cuts.BudgetReducible(within: true), effects.Set, level),
                new MoneyTable(cuts.BudgetReducible(within: false), effects.Set, level));
        });
    }

    /// <summary>One of the three lines.</summary>
    /// <param name="line">Which.</param>
    public MoneyTable Table(SavingLine line) => line switch
    {
        SavingLine.EconomicValue => EconomicValue,
        SavingLine.Marginal => Marginal,
        SavingLine.BudgetReducible => BudgetReducible,
        _ => throw new ArgumentOutOfRangeException(nameof(line), line, "There are three lines."),
    };
}
