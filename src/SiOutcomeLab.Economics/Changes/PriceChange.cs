using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Prices;

namespace SiOutcomeLab.Economics.Changes;

/// <summary>What has become of a unit cost between two savings.</summary>
public enum PriceRowChange
{
    /// <summary>It was used by both, with something else in it.</summary>
    Changed = 1,

    /// <summary>It was used by the later alone.</summary>
    Added = 2,

    /// <summary>It was used by the earlier alone.</summary>
    Removed = 3,
}

/// <summary>What of a unit cost has changed.</summary>
public enum PriceField
{
    /// <summary>The published figure, its unit or the year whose prices it is in.</summary>
    Figure = 1,

    /// <summary>The conversion to the measure's unit.</summary>
    Conversion = 2,

    /// <summary>The year whose prices kronor are told in.</summary>
    PriceLevel = 3,

    /// <summary>The index, or its figures for the same years.</summary>
    Index = 4,

    /// <summary>Who bears it.</summary>
    Split = 5,

    /// <summary>The marginal or the cashable share, or the years until a budget can be cut.</summary>
    Shares = 6,
}

/// <summary>A unit cost that is not the same in two savings. Public figures.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name, the later one.</param>
/// <param name="Measure">The measure that it prices.</param>
/// <param name="Kind">What has become of it.</param>
/// <param name="Fields">What of it has changed; empty unless <see cref="PriceRowChange.Changed"/>.</param>
/// <param name="From">Kronor per unit of the measure in the earlier saving; null when it was not used there.</param>
/// <param name="To">The same in the later one.</param>
public sealed record PriceChange(
    string Code, BilingualText Name, MeasureCode Measure, PriceRowChange Kind, IReadOnlyList<PriceField> Fields, decimal? From, decimal? To)
{
    /// <summary>What differs between two savings' prices, by code.</summary>
    /// <param name="before">The earlier one's.</param>
    /// <param name="after">The later one's.</param>
    public static IReadOnlyList<PriceChange> Between(IReadOnlyList<PriceUsed> before, IReadOnlyList<PriceUsed> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (first, second) = (ByCode(before), ByCode(after));
        return
        [
            .. first.Keys.Union(second.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(code => Of(first.GetValueOrDefault(code), second.GetValueOrDefault(code))).OfType<PriceChange>(),
        ];
    }

    private static PriceChange? Of(PriceUsed? from, PriceUsed? to)
    {
        var shown = (to ?? from)!;
        if (from is null || to is null)
        {
            var kind = from is null ? PriceRowChange.Added : PriceRowChange.Removed;
            return new PriceChange(shown.Code, shown.Name, shown.Measure, kind, [], from?.PerMeasureUnit, to?.PerMeasureUnit);
        }

        var fields = Differing(from, to).ToList();
        return fields.Count == 0
            ? null
            : new PriceChange(to.Code, to.Name, to.Measure, PriceRowChange.Changed, fields, from.PerMeasureUnit, to.PerMeasureUnit);
    }

    private static IEnumerable<PriceField> Differing(PriceUsed from, PriceUsed to)
    {
        if (from.Sek != to.Sek || from.Unit != to.Unit || from.PriceYear != to.PriceYear || from.Measure != to.Measure) yield return PriceField.Figure;
        if (!from.Conversion.SequenceEqual(to.Conversion)) yield return PriceField.Conversion;
        if (from.Uprating.To.Year != to.Uprating.To.Year) yield return PriceField.PriceLevel;
        if (from.Uprating.Index != to.Uprating.Index
            || IsOther(from.Uprating.From, to.Uprating.From)
            || IsOther(from.Uprating.To, to.Uprating.To))
        {
            yield return PriceField.Index;
        }

        if (!from.Split.SequenceEqual(to.Split)) yield return PriceField.Split;
        if (from.MarginalShare != to.MarginalShare || from.CashableShare != to.CashableShare || from.CashableLagYears != to.CashableLagYears)
        {
            yield return PriceField.Shares;
        }
    }

    private static bool IsOther(PriceIndexRow from, PriceIndexRow to) => from.Year == to.Year && from.Value != to.Value;

    private static Dictionary<string, PriceUsed> ByCode(IEnumerable<PriceUsed> prices) => prices.ToDictionary(p => p.Code, StringComparer.Ordinal);
}
