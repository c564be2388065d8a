using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// Exponential and logarithm, several numbers at a time, of plain and explicitly fused operations only. The runtime's own may or may not
/// fuse, depending on whether its code was compiled ahead or again while running, so that a first call and a later one can differ in the
/// last bit; these give the same bytes always, and in every width.
/// </summary>
/// <remarks>
/// Both are within 1 unit in the last place of the exact value. Exponential: Cody and Waite's reduction to |r| ≤ ln 2 / 2 and Taylor's
/// series to r¹³ (remainder under 5·10⁻¹⁸); logarithm: the reduction and coefficients of fdlibm's <c>e_log.c</c> (Sun Microsystems 1993).
/// </remarks>
internal static class LaneMath
{
    // 1.5 · 2⁵²: adding it rounds to a whole number, which then stands in the low bits.
    private const double Rounder = 6755399441055744.0;
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const long Bias = 1023;
    private const long SqrtHalf = 0x3FE6A09E667F3BCD;

    /// <summary>exp(x); 0 under −745.2, infinite over 709.8. Not for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x) => Vector512.Create(Exp(x.GetLower()), Exp(x.GetUpper()));

    /// <inheritdoc cref="Exp(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        x = Vector256.Min(Vector256.Max(x, Vector256.Create(-746.0)), Vector256.Create(710.0));
        var rounder = Vector256.Create(Rounder);
        var shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(Log2E), rounder);
        var n = shifted - rounder;
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        var square = r * r;
        var fourth = square * square;
        // Pairs first (Estrin), so that the chain is short.
        var low = Pair(Pair(1, 1, r), Pair(1 / 2.0, 1 / 6.0, r), square);
        var middle = Pair(Pair(1 / 24.0, 1 / 120.0, r), Pair(1 / 720.0, 1 / 5040.0, r), square);
        var high = Pair(Pair(1 / 40320.0, 1 / 362880.0, r), Pair(1 / 3628800.0, 1 / 39916800.0, r), square);
        var top = Pair(1 / 479001600.0, 1 / 6227020800.0, r);
        var p = Pair(Pair(low, middle, fourth), Pair(high, top, fourth), fourth * fourth);
        // In two steps: the whole factor may be too small for a normal number though the result is not yet 0.
        var whole = shifted.AsInt64() - rounder.AsInt64();
        var half = Vector256.ShiftRightArithmetic(whole, 1);
        return p * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    /// <summary>ln(x) of a positive normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x) => Vector512.Create(Log(x.GetLower()), Log(x.GetUpper()));

    /// <inheritdoc cref="Log(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> x)
    {
        // x = 2ᵏ m with m in [√½, √2).
        var bits = x.AsInt64();
        var k = Vector256.ShiftRightArithmetic(bits - Vector256.Create(SqrtHalf), 52);
        var m = (bits - Vector256.ShiftLeft(k, 52)).AsDouble();
        var rounder = Vector256.Create(Rounder);
        var power = (k + rounder.AsInt64()).AsDouble() - rounder;
        var f = m - Vector256<double>.One;
        var s = f / (Vector256.Create(2.0) + f);
        var z = s * s;
        var w = z * z;
        var even = w * Fused(w, Fused(w, Vector256.Create(1.531383769920937332e-01), 2.222219843214978396e-01), 3.999999999940941908e-01);
        var odd = z * Fused(
            w, Fused(w, Fused(w, Vector256.Create(1.479819860511658591e-01), 1.818357216161805012e-01), 2.857142874366239149e-01),
            6.666666666666735130e-01);
        var half = Vector256.Create(0.5) * f * f;
        var tail = Vector256.FusedMultiplyAdd(s, half + odd + even, power * Vector256.Create(Ln2Low));
        return Vector256.FusedMultiplyAdd(power, Vector256.Create(Ln2High), f - (half - tail));
    }

    private static Vector256<double> PowerOfTwo(Vector256<long> n) => Vector256.ShiftLeft(n + Vector256.Create(Bias), 52).AsDouble();

    private static Vector256<double> Pair(double a, double b, Vector256<double> x) =>
        Vector256.FusedMultiplyAdd(Vector256.Create(b), x, Vector256.Create(a));

    private static Vector256<double> Pair(Vector256<double> a, Vector256<double> b, Vector256<double> x) =>
        Vector256.FusedMultiplyAdd(b, x, a);

    private static Vector256<double> Fused(Vector256<double> a, Vector256<double> b, double c) =>
        Vector256.FusedMultiplyAdd(a, b, Vector256.Create(c));
}
