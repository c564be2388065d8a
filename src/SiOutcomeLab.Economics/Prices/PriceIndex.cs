using System.Globalization;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Economics.Prices;

/// <summary>A row of a price index.</summary>
/// <param name="Year">The calendar year.</param>
/// <param name="Value">The index; above 0.</param>
/// <param name="IsProvisional">True when the year's figure was not final where it was taken from.</param>
/// <param name="Source">Where it is published.</param>
public sealed record PriceIndexRow(int Year, decimal Value, bool IsProvisional, string Source);

/// <summary>A price index by calendar year.</summary>
public sealed class PriceIndex
{
    private readonly SortedDictionary<int, PriceIndexRow> _byYear;

    internal PriceIndex(string code, BilingualText name, IEnumerable<PriceIndexRow> rows)
    {
        (Code, Name) = (code, name);
        _byYear = new SortedDictionary<int, PriceIndexRow>(rows.ToDictionary(r => r.Year));
    }

    /// <summary>Its code.</summary>
    public string Code { get; }

    /// <summary>Its name.</summary>
    public BilingualText Name { get; }

    /// <summary>Its rows, by year.</summary>
    public IReadOnlyCollection<PriceIndexRow> Rows => _byYear.Values;

    /// <summary>The way from one year's prices to another's; null when either year has no row.</summary>
    /// <param name="fromYear">The year whose prices an amount is in.</param>
    /// <param name="toYear">The year whose prices it shall be in.</param>
    public Uprating? Between(int fromYear, int toYear) =>
        _byYear.TryGetValue(fromYear, out var from) && _byYear.TryGetValue(toYear, out var to) ? new Uprating(Code, from, to) : null;

    /// <summary>Which of the years have no row.</summary>
    internal IReadOnlyList<string> Without(params int[] years) =>
        [.. years.Distinct().Where(y => !_byYear.ContainsKey(y)).Select(y => y.ToString(CultureInfo.InvariantCulture))];
}

/// <summary>From one year's prices to another's, by two rows of one index: the chain that a result names.</summary>
/// <param name="Index">The index.</param>
/// <param name="From">The row that the amount comes from.</param>
/// <param name="To">The row of the named price level.</param>
public sealed record Uprating(string Index, PriceIndexRow From, PriceIndexRow To)
{
    /// <summary>True when a provisional row was used for a real move.</summary>
    public bool IsProvisional => From.Year != To.Year && (From.IsProvisional || To.IsProvisional);

    /// <summary>The amount in the other year's prices.</summary>
    /// <param name="amount">Kronor in the prices of <see cref="From"/>.</param>
    public decimal Apply(decimal amount) => From.Year == To.Year ? amount : amount * To.Value / From.Value;
}
