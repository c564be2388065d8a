using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Money;

namespace SiOutcomeLab.Economics.UnitCosts;

/// <summary>
/// A row of the register: a published figure, complete or not. An incomplete one is shown to readers but never priced with.
/// </summary>
public sealed class UnitCostRow
{
    private readonly UnitCost? _complete;

    internal UnitCostRow(UnitCostFields fields, IReadOnlyList<string> missing)
    {
        (Fields, Missing) = (fields, missing);
        if (missing.Count == 0) _complete = new UnitCost(this);
    }

    /// <summary>Names of the columns that are empty and must not be; none when the row is complete.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>The unit cost to reckon with; null when something is missing.</summary>
    public UnitCost? Complete => _complete;

    /// <summary>The set.</summary>
    public string Set => Fields.Set;

    /// <summary>The code, unique within the set.</summary>
    public string Code => Fields.Code;

    /// <summary>Its name.</summary>
    public BilingualText Name => Fields.Name;

    /// <summary>Where the figure is published.</summary>
    public string Source => Fields.Source;

    /// <summary>What to know about it.</summary>
    public string Note => Fields.Note;

    /// <summary>The measure; null when no measure of the catalogue follows this.</summary>
    public MeasureCode? Measure => Fields.Measure;

    /// <summary>The measure's unit.</summary>
    public string? MeasureUnit => Fields.MeasureUnit;

    /// <summary>The published unit.</summary>
    public string? Unit => Fields.Unit;

    /// <summary>Kronor per published unit.</summary>
    public decimal? Sek => Fields.Sek;

    /// <summary>The price year.</summary>
    public int? PriceYear => Fields.PriceYear;

    /// <summary>Resources or a transfer.</summary>
    public ResourceKind? Kind => Fields.Kind;

    /// <summary>How good the figure is.</summary>
    public Grade? Grade => Fields.Grade;

    /// <summary>From the published unit to the measure's.</summary>
    public Conversion? Conversion => Fields.Conversion;

    /// <summary>Who bears it.</summary>
    public ActorSplit? Split => Fields.Split;

    /// <summary>The marginal share.</summary>
    public decimal? MarginalShare => Fields.MarginalShare;

    /// <summary>The cashable share.</summary>
    public decimal? CashableShare => Fields.CashableShare;

    /// <summary>Years until the budget can be cut.</summary>
    public int? CashableLagYears => Fields.CashableLagYears;

    /// <summary>First day of use.</summary>
    public DateOnly? ValidFrom => Fields.ValidFrom;

    /// <summary>Last day of use.</summary>
    public DateOnly? ValidTo => Fields.ValidTo;

    internal Provenance? ValueBasis => Fields.ValueBasis;

    internal Provenance? ConversionBasis => Fields.ConversionBasis;

    internal Provenance? SplitBasis => Fields.SplitBasis;

    internal Provenance? SharesBasis => Fields.SharesBasis;

    private UnitCostFields Fields { get; }
}

/// <summary>What a row of the file held, typed; null where it was empty.</summary>
internal sealed record UnitCostFields
{
    public required string Set { get; init; }

    public required string Code { get; init; }

    public required BilingualText Name { get; init; }

    public required string Source { get; init; }

    public string Note { get; init; } = string.Empty;

    public MeasureCode? Measure { get; init; }

    public string? MeasureUnit { get; init; }

    public string? Unit { get; init; }

    public decimal? Sek { get; init; }

    public int? PriceYear { get; init; }

    public ResourceKind? Kind { get; init; }

    public Grade? Grade { get; init; }

    public Conversion? Conversion { get; init; }

    public ActorSplit? Split { get; init; }

    public Provenance? ValueBasis { get; init; }

    public Provenance? ConversionBasis { get; init; }

    public Provenance? SplitBasis { get; init; }

    public Provenance? SharesBasis { get; init; }

    public decimal? MarginalShare { get; init; }

    public decimal? CashableShare { get; init; }

    public int? CashableLagYears { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }
}
