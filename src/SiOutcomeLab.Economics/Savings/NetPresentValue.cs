using SiOutcomeLab.Economics.Money;

namespace SiOutcomeLab.Economics.Savings;

/// <summary>What an intervention costs per participant.</summary>
/// <param name="EventYear">The event year; from 0, as costs count.</param>
/// <param name="Sek">Kronor per participant, in the prices of the saving that it is held against.</param>
public sealed record InterventionCost(int EventYear, decimal Sek);

/// <summary>A saving less what the intervention costs, per participant, in event year 0.</summary>
/// <param name="Saved">Present value of what is saved.</param>
/// <param name="Cost">Present value of what it costs; known, so without interval.</param>
/// <param name="Net">The difference; its interval is the saving's.</param>
public sealed record NetPresentValue(MoneyEstimate Saved, decimal Cost, MoneyEstimate Net)
{
    /// <summary>Holds a saving against costs, discounted by the saving's own rate.</summary>
    /// <param name="saving">The saving.</param>
    /// <param name="line">Which of its lines.</param>
    /// <param name="of">Whose kronor, e.g. the municipality's; see <see cref="MoneyTable.Sum"/>.</param>
    /// <param name="costs">The costs, in any order.</param>
    public static NetPresentValue Of(Saving saving, SavingLine line, Func<MoneyLine, bool> of, IReadOnlyList<InterventionCost> costs)
    {
        ArgumentNullException.ThrowIfNull(saving);
        ArgumentNullException.ThrowIfNull(costs);
        var saved = saving.Table(line).Sum(of);
        var cost = costs.Sum(c => KronaGrid.On(c.Sek * saving.Rate.Factor(c.EventYear)));
        return new NetPresentValue(saved, cost, saved.Plus(-cost));
    }
}
