using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Money;

/// <summary>What falls on a budget item in an event year.</summary>
/// <param name="EventYear">The event year.</param>
/// <param name="Item">The budget item.</param>
/// <param name="Amount">Kronor.</param>
/// <param name="Contributors">How many stand behind it.</param>
public sealed record YearAmount(int EventYear, BudgetItem Item, MoneyEstimate Amount, Contributors Contributors);

/// <summary>
/// A money table's sums as plain values, for keeping and for the disclosure gate: without coefficients, influence or draws, so that nothing
/// of a person is in it but what the sums themselves tell.
/// </summary>
/// <param name="Society">Resources only: transfers net to nothing.</param>
/// <param name="Real">Resources, whoever bears them.</param>
/// <param name="TransfersPaid">Transfers, whoever pays them.</param>
/// <param name="Paid">Both.</param>
/// <param name="PublicPurse">What passes through public purses.</param>
/// <param name="ByActor">By actor.</param>
/// <param name="ByBudgetItem">By budget item.</param>
/// <param name="ByYear">By event year and budget item: when a budget can be cut, for repayments.</param>
/// <param name="ByProvenance">By what the kronor rest on.</param>
/// <param name="Contributors">How many stand behind the whole.</param>
public sealed record MoneySummary(
    MoneyEstimate Society,
    MoneyEstimate Real,
    MoneyEstimate TransfersPaid,
    MoneyEstimate Paid,
    MoneyEstimate PublicPurse,
    IReadOnlyList<ActorAmount> ByActor,
    IReadOnlyList<BudgetItemAmount> ByBudgetItem,
    IReadOnlyList<YearAmount> ByYear,
    IReadOnlyList<ProvenanceAmount> ByProvenance,
    Contributors Contributors)
{
    /// <summary>Sums a table up.</summary>
    /// <param name="table">The table.</param>
    public static MoneySummary Of(MoneyTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var years =
            from key in table.Lines.Select(l => (l.EventYear, l.Item)).Distinct()
            orderby key.EventYear, key.Item.Actor, key.Item.Code
            select new YearAmount(
                key.EventYear,
                key.Item,
                table.Sum(l => l.EventYear == key.EventYear && l.Item == key.Item),
                table.ContributorsTo(l => l.EventYear == key.EventYear && l.Item == key.Item));
        return new MoneySummary(
            table.Society,
            table.Real,
            table.TransfersPaid,
            table.Paid,
            table.PublicPurse,
            table.ByActor,
            table.ByBudgetItem,
            [.. years],
            table.ByProvenance,
            table.ContributorsTo(static _ => true));
    }
}
