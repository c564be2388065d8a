using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Money;

namespace SiOutcomeLab.Economics.UnitCosts;

/// <summary>
/// A complete unit cost: kronor per unit of a measure, and everything that must be known before it can carry money. Only
/// <see cref="UnitCostRow"/> makes one, and only when nothing is missing.
/// </summary>
public sealed class UnitCost
{
    internal UnitCost(UnitCostRow row)
    {
        Row = row;
        (Measure, MeasureUnit, Unit) = (row.Measure!.Value, row.MeasureUnit!, row.Unit!);
        (Sek, PriceYear, Kind, Grade) = (row.Sek!.Value, row.PriceYear!.Value, row.Kind!.Value, row.Grade!.Value);
        (Conversion, Split) = (row.Conversion!, row.Split!);
        (MarginalShare, CashableShare, CashableLagYears) = (row.MarginalShare!.Value, row.CashableShare!.Value, row.CashableLagYears!.Value);
        (ValidFrom, ValidTo) = (row.ValidFrom!.Value, row.ValidTo!.Value);
        FigureProvenance = ProvenanceRule.Weakest(row.ValueBasis!.Value, row.ConversionBasis!.Value, row.SplitBasis!.Value);
        SharesProvenance = row.SharesBasis!.Value;
    }

    /// <summary>The row it was made from: names, source and note.</summary>
    public UnitCostRow Row { get; }

    /// <summary>Its code, unique within its set.</summary>
    public string Code => Row.Code;

    /// <summary>Its name.</summary>
    public BilingualText Name => Row.Name;

    /// <summary>The measure that it prices.</summary>
    public MeasureCode Measure { get; }

    /// <summary>The measure's unit, as the measure catalogue's English word.</summary>
    public string MeasureUnit { get; }

    /// <summary>The unit that the figure was published in.</summary>
    public string Unit { get; }

    /// <summary>Kronor per published unit, in the prices of <see cref="PriceYear"/>.</summary>
    public decimal Sek { get; }

    /// <summary>The year whose prices the figure is in.</summary>
    public int PriceYear { get; }

    /// <summary>Resources or a transfer.</summary>
    public ResourceKind Kind { get; }

    /// <summary>How good the figure is.</summary>
    public Grade Grade { get; }

    /// <summary>From the published unit to the measure's.</summary>
    public Conversion Conversion { get; }

    /// <summary>Who bears it.</summary>
    public ActorSplit Split { get; }

    /// <summary>The share that stops being spent when there is a little less of the measure; in [0, 1].</summary>
    public decimal MarginalShare { get; }

    /// <summary>The share by which a budget can be cut; at most the marginal share.</summary>
    public decimal CashableShare { get; }

    /// <summary>Years until the budget can be cut.</summary>
    public int CashableLagYears { get; }

    /// <summary>First day on which the figure may be used.</summary>
    public DateOnly ValidFrom { get; }

    /// <summary>Last day on which the figure may be used.</summary>
    public DateOnly ValidTo { get; }

    /// <summary>The weakest of figure, conversion and split.</summary>
    public Provenance FigureProvenance { get; }

    /// <summary>What the marginal and cashable shares rest on.</summary>
    public Provenance SharesProvenance { get; }
}
