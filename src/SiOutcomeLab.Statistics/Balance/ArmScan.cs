using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Balance;

/// <summary>
/// Both arms' moments and ranges of all columns in two readings of the data: block by block of rows, in fixed lanes, so that threads change
/// no byte. Squares are taken about each arm's own mean.
/// </summary>
internal sealed class ArmScan
{
    private readonly DesignMatrix _x;
    private readonly bool[] _treated;
    private readonly double[] _weights;
    private readonly int? _threads;
    private readonly double[] _extremes;

    public ArmScan(DesignMatrix x, bool[] treated, double[] weights, int? threads)
    {
        (_x, _treated, _weights, _threads) = (x, treated, weights, threads);
        var totals = Totals();
        _extremes = new double[(long)((x.Rows + RowBlocks.Rows - 1) / RowBlocks.Rows) * x.Columns * 4];
        var sums = Pass(2, FirstPass);
        var means = new double[x.Columns * 2];
        for (var j = 0; j < x.Columns; j++)
        {
            Ranges.Add(Range(j));
            // A column that does not vary within an arm has that value as its mean, without rounding.
            var (own, other) = (Ranges[j].Treated, Ranges[j].Comparison);
            means[2 * j] = own.Low == own.High ? own.Low : sums[2 * j] / totals[0];
            means[(2 * j) + 1] = other.Low == other.High ? other.Low : sums[(2 * j) + 1] / totals[1];
        }

        var squares = Pass(6, (values, arm, w, partial, _, j) => SecondPass(values, arm, w, partial, means[2 * j], means[(2 * j) + 1]));
        for (var j = 0; j < x.Columns; j++)
        {
            Treated.Add(new(
                totals[0], totals[2], totals[4], means[2 * j], squares[6 * j], squares[(6 * j) + 2] / totals[2], squares[(6 * j) + 4]));
            Comparison.Add(new(
                totals[1], totals[3], totals[5], means[(2 * j) + 1], squares[(6 * j) + 1], squares[(6 * j) + 3] / totals[3],
                squares[(6 * j) + 5]));
        }
    }

    private delegate void Kernel(
        ReadOnlySpan<double> values, ReadOnlySpan<double> arm, ReadOnlySpan<double> weights, Span<double> sums, Span<double> extremes,
        int column);

    public List<ArmMoments> Treated { get; } = [];

    public List<ArmMoments> Comparison { get; } = [];

    public List<ColumnRanges> Ranges { get; } = [];

    // Rows, Σ w, Σ w², each for treated and comparison rows.
    private double[] Totals() => RowBlocks.Sum(_x.Rows, 6, _threads, (start, count, sums) =>
    {
        Span<double> buffer = stackalloc double[3 * RowBlocks.Rows];
        var arm = buffer[..count];
        var own = buffer.Slice(RowBlocks.Rows, count);
        var other = buffer.Slice(2 * RowBlocks.Rows, count);
        BlockSum.Indicate(_treated.AsSpan(start, count), arm);
        var w = _weights.AsSpan(start, count);
        LaneSum.Multiply(w, arm, own);
        w.CopyTo(other);
        LaneSum.AddScaled(-1, own, other);
        sums[0] = LaneSum.Sum(arm);
        sums[1] = count - sums[0];
        sums[2] = LaneSum.Sum(own);
        sums[3] = LaneSum.Sum(other);
        sums[4] = LaneSum.Dot(own, own);
        sums[5] = LaneSum.Dot(other, other);
    });

    private double[] Pass(int width, Kernel kernel) => RowBlocks.Sum(_x.Rows, width * _x.Columns, _threads, (start, count, sums) =>
    {
        Span<double> arm = stackalloc double[RowBlocks.Rows];
        arm = arm[..count];
        BlockSum.Indicate(_treated.AsSpan(start, count), arm);
        for (var j = 0; j < _x.Columns; j++)
        {
            kernel(
                _x.Column(j).Slice(start, count), arm, _weights.AsSpan(start, count), sums.Slice(j * width, width),
                _extremes.AsSpan(((start / RowBlocks.Rows * _x.Columns) + j) * 4, 4), j);
        }
    });

    // Σ x in either arm, and either arm's smallest and largest value.
    private static void FirstPass(
        ReadOnlySpan<double> values, ReadOnlySpan<double> arm, ReadOnlySpan<double> weights, Span<double> sums, Span<double> extremes,
        int column)
    {
        ref var px = ref MemoryMarshal.GetReference(values);
        ref var pa = ref MemoryMarshal.GetReference(arm);
        var (s1, s0) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var (infinite, negative) = (Vector256.Create(double.PositiveInfinity), Vector256.Create(double.NegativeInfinity));
        var (low1, high1, low0, high0) = (infinite, negative, infinite, negative);
        var i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            var x = Vector256.LoadUnsafe(ref px, (nuint)i);
            var own = Vector256.Equals(Vector256.LoadUnsafe(ref pa, (nuint)i), Vector256<double>.One);
            s1 += x & own;
            s0 += Vector256.AndNot(x, own);
            low1 = Vector256.MinNative(low1, Vector256.ConditionalSelect(own, x, infinite));
            high1 = Vector256.MaxNative(high1, Vector256.ConditionalSelect(own, x, negative));
            low0 = Vector256.MinNative(low0, Vector256.ConditionalSelect(own, infinite, x));
            high0 = Vector256.MaxNative(high0, Vector256.ConditionalSelect(own, negative, x));
        }

        (sums[0], sums[1]) = (LaneSum.Fold(s1), LaneSum.Fold(s0));
        (extremes[0], extremes[1], extremes[2], extremes[3]) = (Least(low1), -Least(-high1), Least(low0), -Least(-high0));
        for (; i < values.Length; i++)
        {
            var own = arm[i] == 1;
            sums[own ? 0 : 1] += values[i];
            ref var low = ref extremes[own ? 0 : 2];
            ref var high = ref extremes[own ? 1 : 3];
            (low, high) = (Math.Min(low, values[i]), Math.Max(high, values[i]));
        }
    }

    // Σ d², Σ w d, Σ w d² in either arm, d about the arm's own mean.
    private static void SecondPass(
        ReadOnlySpan<double> values, ReadOnlySpan<double> arm, ReadOnlySpan<double> weights, Span<double> sums,
        double treated, double comparison)
    {
        ref var px = ref MemoryMarshal.GetReference(values);
        ref var pa = ref MemoryMarshal.GetReference(arm);
        ref var pw = ref MemoryMarshal.GetReference(weights);
        var (centre1, centre0) = (Vector256.Create(treated), Vector256.Create(comparison));
        var (q1, q0, d1, d0) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (v1, v0) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            var own = Vector256.Equals(Vector256.LoadUnsafe(ref pa, (nuint)i), Vector256<double>.One);
            var d = Vector256.LoadUnsafe(ref px, (nuint)i) - Vector256.ConditionalSelect(own, centre1, centre0);
            var square = d * d;
            q1 += square & own;
            q0 += Vector256.AndNot(square, own);
            var w = Vector256.LoadUnsafe(ref pw, (nuint)i);
            var (weighted, weightedSquare) = (w * d, w * square);
            d1 += weighted & own;
            d0 += Vector256.AndNot(weighted, own);
            v1 += weightedSquare & own;
            v0 += Vector256.AndNot(weightedSquare, own);
        }

        (sums[0], sums[1], sums[2]) = (LaneSum.Fold(q1), LaneSum.Fold(q0), LaneSum.Fold(d1));
        (sums[3], sums[4], sums[5]) = (LaneSum.Fold(d0), LaneSum.Fold(v1), LaneSum.Fold(v0));
        for (; i < values.Length; i++)
        {
            var own = arm[i] == 1;
            var d = values[i] - (own ? treated : comparison);
            sums[own ? 0 : 1] += d * d;
            sums[own ? 2 : 3] += weights[i] * d;
            sums[own ? 4 : 5] += weights[i] * d * d;
        }
    }

    private static double Least(Vector256<double> v) =>
        Math.Min(Math.Min(v.GetElement(0), v.GetElement(1)), Math.Min(v.GetElement(2), v.GetElement(3)));

    private ColumnRanges Range(int column)
    {
        var (low1, high1) = (double.PositiveInfinity, double.NegativeInfinity);
        var (low0, high0) = (low1, high1);
        for (var at = column * 4; at < _extremes.Length; at += _x.Columns * 4)
        {
            low1 = Math.Min(low1, _extremes[at]);
            high1 = Math.Max(high1, _extremes[at + 1]);
            low0 = Math.Min(low0, _extremes[at + 2]);
            high0 = Math.Max(high0, _extremes[at + 3]);
        }

        return new ColumnRanges((low1, high1), (low0, high0));
    }
}
