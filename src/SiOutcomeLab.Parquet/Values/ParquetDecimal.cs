using System.Globalization;
using System.Numerics;

namespace SiOutcomeLab.Parquet;

/// <summary>An exact decimal number: <c>Unscaled × 10^−Scale</c>. Equal when both parts are, so 1.0 is not 1.00.</summary>
/// <param name="Unscaled">The stored integer.</param>
/// <param name="Scale">Digits after the point, not negative.</param>
public readonly record struct ParquetDecimal(BigInteger Unscaled, int Scale)
{
    private static readonly BigInteger LargestCoefficient = (BigInteger.One << 96) - 1;

    /// <summary>Gives the number as a <see cref="decimal"/> when that holds it exactly (96 bits, 28 digits after the point).</summary>
    /// <param name="value">The number, or 0.</param>
    /// <returns>Whether it does.</returns>
    public bool TryToDecimal(out decimal value)
    {
        value = 0;
        var coefficient = BigInteger.Abs(Unscaled);
        if (coefficient > LargestCoefficient || Scale is < 0 or > 28) return false;
        var bits = (UInt128)coefficient;
        value = new decimal((int)(uint)bits, (int)(uint)(bits >> 32), (int)(uint)(bits >> 64), Unscaled.Sign < 0, (byte)Scale);
        return true;
    }

    /// <summary>All digits, with a point when the scale is positive, whatever the culture.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture);
        if (Scale > 0) digits = digits.PadLeft(Scale + 1, '0').Insert(Math.Max(1, digits.Length - Scale), ".");
        return Unscaled.Sign < 0 ? "-" + digits : digits;
    }
}
