using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Baselines;

/// <summary>Quantities of weighted comparison persons: what a method's participants would have had without it.</summary>
/// <param name="Scope">What they are of.</param>
/// <param name="Set">Weighted mean per person in each event year.</param>
public sealed record CounterfactualQuantities(BaselineScope Scope, QuantitySet Set);

/// <summary>
/// What a year would have cost for a method's participants without the intervention: kronor per person-year by actor and budget item, from
/// weighted comparison persons. Not the cost of the target group at large (<see cref="TargetGroupBaseline"/>): who takes part is seldom
/// like who does not.
/// </summary>
/// <param name="Scope">What it is of.</param>
/// <param name="UnitCostSet">The unit costs it was priced with.</param>
/// <param name="PriceLevel">The prices it is told in.</param>
/// <param name="Prices">Every price used, each with its uprating.</param>
/// <param name="PerPersonYear">Kronor per person-year.</param>
public sealed record CounterfactualBaseline(
    BaselineScope Scope, string UnitCostSet, PriceLevel PriceLevel, IReadOnlyList<UnitPrice> Prices, MoneyTable PerPersonYear)
{
    /// <summary>Prices a method's counterfactual quantities.</summary>
    /// <param name="quantities">The quantities.</param>
    /// <param name="terms">With which unit costs, in which prices.</param>
    /// <param name="level">The intervals' level.</param>
    /// <returns>The baseline, or everything that is missing in the register.</returns>
    public static Costable<CounterfactualBaseline> Price(CounterfactualQuantities quantities, PriceTerms terms, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(quantities);
        return BaselinePricing.Price(quantities.Scope, quantities.Set, terms, level)
            .Map(t => new CounterfactualBaseline(quantities.Scope, terms.Set, terms.Level, t.Prices, t.Table));
    }
}
