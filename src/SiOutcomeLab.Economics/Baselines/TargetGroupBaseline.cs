using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Baselines;

/// <summary>Quantities of a target group: everybody eligible and untreated at index, as they are.</summary>
/// <param name="Scope">What they are of.</param>
/// <param name="Set">Mean per person in each event year.</param>
public sealed record TargetGroupQuantities(BaselineScope Scope, QuantitySet Set);

/// <summary>
/// What a year costs for a person of a target group that nobody has done anything for: kronor per person-year by actor and budget item. It
/// is <em>not</em> what the participants would have cost; that is <see cref="CounterfactualBaseline"/>, another type, and the two are never
/// mixed.
/// </summary>
/// <param name="Scope">What it is of.</param>
/// <param name="UnitCostSet">The unit costs it was priced with.</param>
/// <param name="PriceLevel">The prices it is told in.</param>
/// <param name="Prices">Every price used, each with its uprating.</param>
/// <param name="PerPersonYear">Kronor per person-year.</param>
public sealed record TargetGroupBaseline(
    BaselineScope Scope, string UnitCostSet, PriceLevel PriceLevel, IReadOnlyList<UnitPrice> Prices, MoneyTable PerPersonYear)
{
    /// <summary>Prices a target group's quantities.</summary>
    /// <param name="quantities">The quantities.</param>
    /// <param name="terms">With which unit costs, in which prices.</param>
    /// <param name="level">The intervals' level.</param>
    /// <returns>The baseline, or everything that is missing in the register.</returns>
    public static Costable<TargetGroupBaseline> Price(TargetGroupQuantities quantities, PriceTerms terms, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(quantities);
        return BaselinePricing.Price(quantities.Scope, quantities.Set, terms, level)
            .Map(t => new TargetGroupBaseline(quantities.Scope, terms.Set, terms.Level, t.Prices, t.Table));
    }
}
