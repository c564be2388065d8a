using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Economics.Savings;

/// <summary>
/// A real rate by which later kronor count less. There is no default: Swedish authorities use different rates without a reason that they
/// share (Svensson and Hultkrantz), so whoever reckons names one.
/// </summary>
/// <param name="Name">What it is called where it comes from.</param>
/// <param name="PerYear">The rate, e.g. 0.035; from 0, below 1.</param>
public sealed record DiscountRate(BilingualText Name, decimal PerYear)
{
    /// <summary>Nothing counts less for coming later.</summary>
    public static DiscountRate None { get; } = new(new BilingualText("utan diskontering", "not discounted"), 0m);

    /// <summary>3.5 per cent a year, the rate of the UK Treasury's Green Book for the first 30 years.</summary>
    public static DiscountRate ThreeAndAHalfPercent { get; } = new(new BilingualText("3,5 procent om året", "3.5 per cent a year"), 0.035m);

    /// <summary>The rate, checked.</summary>
    public decimal PerYear { get; } = PerYear is >= 0m and < 1m
        ? PerYear
        : throw new ArgumentOutOfRangeException(nameof(PerYear), "A discount rate lies from 0 and below 1.");

    /// <summary>What a krona in an event year is worth in event year 0.</summary>
    /// <param name="eventYear">The event year; 0, where costs begin, or later.</param>
    public decimal Factor(int eventYear)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(eventYear);
        var growth = 1m;
        for (var year = 0; year < eventYear; year++) growth *= 1m + PerYear;
        return 1m / growth;
    }
}
