using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Measures;

namespace SiOutcomeLab.Disclosure.Words;

/// <summary>Intervals in words; shares of persons per 100.</summary>
internal static class IntervalWords
{
    /// <summary>Two amounts on the same side of zero, the smaller first: "between 50 and 120 dollars".</summary>
    public static BilingualText Between(double small, double large, MeasureWords words)
    {
        var decimals = Decimals(small, large, words);
        var (a, b) = (Number(small, decimals, words), Number(large, decimals, words));
        return words.IsRate
            ? new($"mellan {a.Sv} och {b.Sv} av 100 personer", $"between {a.En} and {b.En} in 100 persons")
            : new($"mellan {a.Sv} och {b.Sv} {words.Unit.Sv}", $"between {a.En} and {b.En} {words.Unit.En}");
    }

    /// <summary>An interval around zero: "from 40 dollars lower to 120 dollars higher".</summary>
    public static BilingualText FromLowerToHigher(double low, double high, MeasureWords words)
    {
        var decimals = Decimals(low, high, words);
        var (a, b) = (Number(Math.Abs(low), decimals, words), Number(Math.Abs(high), decimals, words));
        var (unitSv, unitEn) = words.IsRate ? ("av 100 personer", "in 100 persons") : (words.Unit.Sv, words.Unit.En);
        return new($"från {a.Sv} {unitSv} lägre till {b.Sv} {unitSv} högre", $"from {a.En} {unitEn} lower to {b.En} {unitEn} higher");
    }

    /// <summary>One amount: "120 dollars".</summary>
    public static BilingualText Amount(double size, MeasureWords words)
    {
        var n = Number(size, Decimals(size, size, words), words);
        return words.IsRate ? new($"{n.Sv} av 100 personer", $"{n.En} in 100 persons") : new($"{n.Sv} {words.Unit.Sv}", $"{n.En} {words.Unit.En}");
    }

    // The larger end sets the decimals of both, so that the two can be read together.
    private static int Decimals(double a, double b, MeasureWords words) =>
        PlainNumber.DecimalsFor(Math.Max(Math.Abs(a), Math.Abs(b)) * (words.IsRate ? 100 : 1));

    private static BilingualText Number(double value, int decimals, MeasureWords words) => PlainNumber.Fixed(words.IsRate ? value * 100 : value, decimals);
}
