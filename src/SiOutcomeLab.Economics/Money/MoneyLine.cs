using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Money;

/// <summary>One amount: a measure in an event year, at one unit cost, on one actor's budget item.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="UnitCost">The unit cost's code.</param>
/// <param name="Item">The budget item, and with it the actor.</param>
/// <param name="EventYear">The year after the start in which it falls; from 1.</param>
/// <param name="Kind">Resources or a transfer.</param>
/// <param name="IsReceipt">True for who receives a transfer: the same kronor with the other sign.</param>
/// <param name="Provenance">What it rests on.</param>
/// <param name="Amount">Kronor, with interval.</param>
/// <param name="Contributors">How many stand behind it, for the disclosure gate.</param>
public sealed record MoneyLine(
    MeasureCode Measure,
    string UnitCost,
    BudgetItem Item,
    int EventYear,
    ResourceKind Kind,
    bool IsReceipt,
    Provenance Provenance,
    MoneyEstimate Amount,
    Contributors Contributors)
{
    /// <summary>The quantity it comes from.</summary>
    internal int Quantity { get; init; }

    /// <summary>Kronor per unit of that quantity.</summary>
    internal double Coefficient { get; init; }
}
