using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Prices;

/// <summary>
/// A price as it was used, in plain values: the chain from the published figure to kronor per unit, for keeping and explaining.
/// </summary>
/// <param name="Set">The set.</param>
/// <param name="Code">The unit cost.</param>
/// <param name="Name">Its name.</param>
/// <param name="Measure">The measure.</param>
/// <param name="MeasureUnit">The measure's unit.</param>
/// <param name="Sek">The published figure.</param>
/// <param name="Unit">The unit it was published in.</param>
/// <param name="PriceYear">The year whose prices it is in.</param>
/// <param name="Conversion">The steps to the measure's unit.</param>
/// <param name="Uprating">The index rows that moved it.</param>
/// <param name="PerMeasureUnit">Kronor per unit of the measure, at the price level.</param>
/// <param name="Split">Who bears it.</param>
/// <param name="MarginalShare">The marginal share.</param>
/// <param name="CashableShare">The cashable share.</param>
/// <param name="CashableLagYears">Years until a budget can be cut.</param>
/// <param name="Grade">How good the figure is.</param>
/// <param name="FigureProvenance">The weakest of figure, conversion, split and index.</param>
/// <param name="SharesProvenance">What the shares rest on.</param>
/// <param name="Source">Where the figure is published.</param>
public sealed record PriceUsed(
    string Set,
    string Code,
    BilingualText Name,
    MeasureCode Measure,
    string MeasureUnit,
    decimal Sek,
    string Unit,
    int PriceYear,
    IReadOnlyList<ConversionStep> Conversion,
    Uprating Uprating,
    decimal PerMeasureUnit,
    IReadOnlyList<SplitPart> Split,
    decimal MarginalShare,
    decimal CashableShare,
    int CashableLagYears,
    Grade Grade,
    Provenance FigureProvenance,
    Provenance SharesProvenance,
    string Source)
{
    /// <summary>Writes a price out.</summary>
    /// <param name="price">The price.</param>
    public static PriceUsed Of(UnitPrice price)
    {
        ArgumentNullException.ThrowIfNull(price);
        var cost = price.Cost;
        return new PriceUsed(
            cost.Row.Set,
            cost.Code,
            cost.Name,
            cost.Measure,
            cost.MeasureUnit,
            cost.Sek,
            cost.Unit,
            cost.PriceYear,
            cost.Conversion.Steps,
            price.Uprating,
            price.PerMeasureUnit,
            cost.Split.Parts,
            cost.MarginalShare,
            cost.CashableShare,
            cost.CashableLagYears,
            cost.Grade,
            price.Provenance,
            cost.SharesProvenance,
            cost.Row.Source);
    }
}
