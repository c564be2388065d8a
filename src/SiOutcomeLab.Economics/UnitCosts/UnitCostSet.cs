using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Economics.UnitCosts;

/// <summary>
/// Unit costs that belong together: one way of reckoning. Figures differ depending on who calculates, so there are several.
/// </summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Publisher">Who answers for it.</param>
/// <param name="Rows">Its rows, by code; complete or not.</param>
public sealed record UnitCostSet(string Code, BilingualText Name, string Publisher, IReadOnlyList<UnitCostRow> Rows)
{
    /// <summary>The complete unit costs.</summary>
    public IEnumerable<UnitCost> Complete => Rows.Select(r => r.Complete).OfType<UnitCost>();

    /// <summary>Rows that name a measure, complete or not.</summary>
    /// <param name="measure">The measure.</param>
    public IEnumerable<UnitCostRow> For(MeasureCode measure) => Rows.Where(r => r.Measure == measure);
}
