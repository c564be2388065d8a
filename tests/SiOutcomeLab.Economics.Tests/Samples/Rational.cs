using System.Numerics;

namespace SiOutcomeLab.Economics.Tests.Samples;

/// <summary>Exact fractions: the second, slow route to every amount.</summary>
internal readonly record struct Rational(BigInteger Top, BigInteger Bottom)
{
    public static Rational Of(decimal value)
    {
        var bits = decimal.GetBits(value);
        var top = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return new Rational(bits[3] < 0 ? -top : top, BigInteger.Pow(10, (bits[3] >> 16) & 0xFF));
    }

    public static Rational operator *(Rational a, Rational b) => new(a.Top * b.Top, a.Bottom * b.Bottom);

    public static Rational operator /(Rational a, Rational b) => new(a.Top * b.Bottom, a.Bottom * b.Top);

    public static Rational operator +(Rational a, Rational b) => new((a.Top * b.Bottom) + (b.Top * a.Bottom), a.Bottom * b.Bottom);

    /// <summary>Distance to a decimal, as a double.</summary>
    public double From(decimal value)
    {
        var other = Of(value);
        var distance = BigInteger.Abs((Top * other.Bottom) - (other.Top * Bottom));
        return distance.IsZero ? 0 : Math.Exp(BigInteger.Log(distance) - BigInteger.Log(BigInteger.Abs(Bottom * other.Bottom)));
    }
}
