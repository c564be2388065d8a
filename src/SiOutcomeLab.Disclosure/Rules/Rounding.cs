using System.Globalization;

namespace SiOutcomeLab.Disclosure.Rules;

/// <summary>Rounding, half to even, so that rounding itself carries no direction.</summary>
internal static class Rounding
{
    /// <summary>The nearest multiple of <paramref name="step"/>.</summary>
    public static double ToMultiple(double value, int step) => Math.Round(value / step, MidpointRounding.ToEven) * step;

    /// <summary>The value with <paramref name="digits"/> significant decimal digits; 0 stays 0.</summary>
    public static double ToSignificant(double value, int digits)
    {
        if (value == 0 || !double.IsFinite(value)) return value;
        var decimals = digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (decimals is >= 0 and <= 15) return Math.Round(value, decimals, MidpointRounding.ToEven);
        // Beyond what Math.Round takes: by the written form, which has as many digits as asked for however small the number.
        if (decimals > 15) return double.Parse(value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var scale = Math.Pow(10, -decimals);
        return Math.Round(value / scale, MidpointRounding.ToEven) * scale;
    }
}
