using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// Sums over fixed lanes: element i always goes to lane i mod 8, and lanes are added in one fixed order, with no fused multiply-add.
/// The result therefore has the same bytes on every machine and with every number of threads.
/// </summary>
internal static class LaneSum
{
    private const int Lanes = 8;

    /// <summary>Σ a·b; both of one length.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pb = ref MemoryMarshal.GetReference(b);
        var low = Vector256<double>.Zero;
        var high = Vector256<double>.Zero;
        var i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            low += Vector256.LoadUnsafe(ref pa, (nuint)i) * Vector256.LoadUnsafe(ref pb, (nuint)i);
            high += Vector256.LoadUnsafe(ref pa, (nuint)i + 4) * Vector256.LoadUnsafe(ref pb, (nuint)i + 4);
        }

        var sum = Fold(low + high);
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Σ a.</summary>
    public static double Sum(ReadOnlySpan<double> a)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        var low = Vector256<double>.Zero;
        var high = Vector256<double>.Zero;
        var i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            low += Vector256.LoadUnsafe(ref pa, (nuint)i);
            high += Vector256.LoadUnsafe(ref pa, (nuint)i + 4);
        }

        var sum = Fold(low + high);
        for (; i < a.Length; i++) sum += a[i];
        return sum;
    }

    /// <summary>y += c·x.</summary>
    public static void AddScaled(double c, ReadOnlySpan<double> x, Span<double> y)
    {
        ref var px = ref MemoryMarshal.GetReference(x);
        ref var py = ref MemoryMarshal.GetReference(y);
        var factor = Vector256.Create(c);
        var i = 0;
        for (; i <= x.Length - 4; i += 4)
        {
            var sum = Vector256.LoadUnsafe(ref py, (nuint)i) + (factor * Vector256.LoadUnsafe(ref px, (nuint)i));
            sum.StoreUnsafe(ref py, (nuint)i);
        }

        for (; i < x.Length; i++) y[i] += c * x[i];
    }

    /// <summary>result = a·b, element by element.</summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pb = ref MemoryMarshal.GetReference(b);
        ref var pr = ref MemoryMarshal.GetReference(result);
        var i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            (Vector256.LoadUnsafe(ref pa, (nuint)i) * Vector256.LoadUnsafe(ref pb, (nuint)i)).StoreUnsafe(ref pr, (nuint)i);
        }

        for (; i < a.Length; i++) result[i] = a[i] * b[i];
    }

    /// <summary>result = (a − centre)·factor, element by element.</summary>
    public static void Shift(ReadOnlySpan<double> a, double centre, double factor, Span<double> result)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pr = ref MemoryMarshal.GetReference(result);
        var (c, f) = (Vector256.Create(centre), Vector256.Create(factor));
        var i = 0;
        for (; i <= a.Length - 4; i += 4) ((Vector256.LoadUnsafe(ref pa, (nuint)i) - c) * f).StoreUnsafe(ref pr, (nuint)i);
        for (; i < a.Length; i++) result[i] = (a[i] - centre) * factor;
    }

    /// <summary>result = (a − centre)·factor and sum += coefficient·result, element by element.</summary>
    public static void ShiftAndAdd(
        ReadOnlySpan<double> a, double centre, double factor, double coefficient, Span<double> result, Span<double> sum)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pr = ref MemoryMarshal.GetReference(result[..a.Length]);
        ref var ps = ref MemoryMarshal.GetReference(sum[..a.Length]);
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var (c, f, b) = (Vector512.Create(centre), Vector512.Create(factor), Vector512.Create(coefficient));
            for (; i <= a.Length - 8; i += 8)
            {
                var z = (Vector512.LoadUnsafe(ref pa, (nuint)i) - c) * f;
                z.StoreUnsafe(ref pr, (nuint)i);
                (Vector512.LoadUnsafe(ref ps, (nuint)i) + (b * z)).StoreUnsafe(ref ps, (nuint)i);
            }
        }
        else
        {
            var (c, f, b) = (Vector256.Create(centre), Vector256.Create(factor), Vector256.Create(coefficient));
            for (; i <= a.Length - 4; i += 4)
            {
                var z = (Vector256.LoadUnsafe(ref pa, (nuint)i) - c) * f;
                z.StoreUnsafe(ref pr, (nuint)i);
                (Vector256.LoadUnsafe(ref ps, (nuint)i) + (b * z)).StoreUnsafe(ref ps, (nuint)i);
            }
        }

        for (; i < a.Length; i++)
        {
            result[i] = (a[i] - centre) * factor;
            sum[i] += coefficient * result[i];
        }
    }

    /// <summary>sum += coefficient·((a − centre)·factor), element by element.</summary>
    public static void AddShifted(ReadOnlySpan<double> a, double centre, double factor, double coefficient, Span<double> sum)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var ps = ref MemoryMarshal.GetReference(sum[..a.Length]);
        var (c, f, b) = (Vector256.Create(centre), Vector256.Create(factor), Vector256.Create(coefficient));
        var i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            var z = (Vector256.LoadUnsafe(ref pa, (nuint)i) - c) * f;
            (Vector256.LoadUnsafe(ref ps, (nuint)i) + (b * z)).StoreUnsafe(ref ps, (nuint)i);
        }

        for (; i < a.Length; i++) sum[i] += coefficient * ((a[i] - centre) * factor);
    }

    /// <summary>The sum of the lanes, in one fixed order.</summary>
    public static double Fold(Vector256<double> v) =>
        (v.GetElement(0) + v.GetElement(1)) + (v.GetElement(2) + v.GetElement(3));

    /// <summary>The sums of the lanes of four vectors, each in the same order as one by one.</summary>
    public static Vector256<double> Fold(Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d)
    {
        if (!Avx.IsSupported) return Vector256.Create(Fold(a), Fold(b), Fold(c), Fold(d));
        var (ab, cd) = (Avx.HorizontalAdd(a, b), Avx.HorizontalAdd(c, d));
        return Avx.Permute2x128(ab, cd, 0x20) + Avx.Permute2x128(ab, cd, 0x31);
    }

    /// <summary>The sum of eight lanes, as of their lower and upper half.</summary>
    public static double Fold(Vector512<double> v) => Fold(Halved(v));

    /// <summary>Lower plus upper half.</summary>
    public static Vector256<double> Halved(Vector512<double> v) => v.GetLower() + v.GetUpper();
}
