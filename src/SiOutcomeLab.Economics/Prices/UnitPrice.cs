using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Prices;

/// <summary>A unit cost brought to the measure's unit and to a price level.</summary>
/// <param name="Cost">The unit cost.</param>
/// <param name="Uprating">How its prices were moved.</param>
public sealed record UnitPrice(UnitCost Cost, Uprating Uprating)
{
    /// <summary>
    /// Kronor per unit of the measure, at the price level. One division, at the end, so that nothing is rounded on the way.
    /// </summary>
    public decimal PerMeasureUnit { get; } = Uprating.From.Year == Uprating.To.Year
        ? Cost.Sek * Cost.Conversion.Multiplier / Cost.Conversion.Divisor
        : Cost.Sek * Cost.Conversion.Multiplier * Uprating.To.Value / (Cost.Conversion.Divisor * Uprating.From.Value);

    /// <summary>The weakest of figure, conversion, split and index.</summary>
    public Provenance Provenance { get; } =
        ProvenanceRule.Weakest(Cost.FigureProvenance, Uprating.IsProvisional ? Provenance.ModelledFromProxy : Provenance.Measured);
}
