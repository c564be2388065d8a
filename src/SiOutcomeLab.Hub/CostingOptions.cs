using System.Globalization;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Hub.Configuration;
using SiOutcomeLab.Pipelines.Costing;

namespace SiOutcomeLab.Hub;

/// <summary>On which terms every finished run is put in kronor. A change makes all current runs due once more; what was counted stays.</summary>
public sealed record CostingOptions
{
    /// <summary>
    /// The sets of unit costs, by code. More than one, since figures differ depending on who calculates; each is counted and shown by itself.
    /// </summary>
    public IReadOnlyList<string> UnitCostSets { get; init; } = ["full-cost", "municipal-fee"];

    /// <summary>The price index that brings figures to one level.</summary>
    public string PriceIndex { get; init; } = "kpi";

    /// <summary>The year whose prices kronor are told in; the index must have it.</summary>
    public int PriceYear { get; init; } = 2024;

    /// <summary>The yearly real rate by which later kronor of a saving count less, from 0 and below 1, e.g. <c>0.035</c>.</summary>
    public string DiscountRate { get; init; } = "0.035";

    /// <summary>Every breach, by key.</summary>
    public IEnumerable<OptionBreach> Breaches()
    {
        var register = UnitCostRegister.Shipped;
        var known = string.Join(", ", register.Sets.Select(s => s.Code));
        if (UnitCostSets.Distinct(StringComparer.Ordinal).Count() != UnitCostSets.Count || UnitCostSets.Any(s => register.FindSet(s) is null))
        {
            yield return new("unit_cost_sets", new($"ska vara några av {known}, var och en högst en gång.", $"must be some of {known}, each at most once."));
        }

        var index = register.FindIndex(PriceIndex);
        if (index is null)
        {
            var indices = string.Join(", ", register.Indices.Select(i => i.Code));
            yield return new("price_index", new($"ska vara något av {indices}.", $"must be one of {indices}."));
        }
        else if (index.Rows.All(r => r.Year != PriceYear))
        {
            var (first, last) = (index.Rows.First().Year, index.Rows.Last().Year);
            yield return new("price_year", new($"ska vara {first}–{last}, som indexet har.", $"must be {first}–{last}, which the index has."));
        }

        if (RateOf(DiscountRate) is null)
        {
            yield return new("discount_rate", new("ska vara ett tal från 0 och under 1, t.ex. 0.035.", "must be a number from 0 and below 1, e.g. 0.035."));
        }
    }

    internal CostingTerms ToTerms() => new(
        UnitCostRegister.Shipped, UnitCostSets, PriceIndex, PriceYear, RateOf(DiscountRate) ?? throw new InvalidOperationException("The options have breaches."));

    private static DiscountRate? RateOf(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) || rate >= 1) return null;
        if (rate == 0) return Economics.Savings.DiscountRate.None;
        var percent = (rate * 100).ToString("0.######", CultureInfo.InvariantCulture);
        return new DiscountRate(new BilingualText($"{percent.Replace('.', ',')} procent om året", $"{percent} per cent a year"), rate);
    }
}
