using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>
/// The dual of entropy balancing at given parameters: log Σ qᵢ exp(b'zᵢ) − b'm over the rows of one arm, z standardised covariates, m the
/// means to reach and q the base weights. Each evaluation reads the covariates twice, in blocks, and holds two numbers per row.
/// </summary>
internal sealed class EntropyDual
{
    private readonly StandardisedDesign _design;
    private readonly double[] _start;
    private readonly double[] _target;
    private readonly int? _threads;
    private readonly double[] _exponent;
    private double _value;
    private double _highest;

    /// <summary>Starts from the base weights.</summary>
    /// <param name="design">Covariates of all rows.</param>
    /// <param name="start">Base weights of the rows to reweight, 0 for other rows; not all 0.</param>
    /// <param name="target">Means to reach, one per column after the intercept.</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    public EntropyDual(StandardisedDesign design, double[] start, double[] target, int? threads)
    {
        (_design, _start, _target, _threads) = (design, start, target, threads);
        _exponent = new double[design.Rows];
        Weights = new double[design.Rows];
        Parameters = new double[target.Length];
        Gradient = new double[target.Length];
        Evaluate(Parameters);
    }

    public double[] Parameters { get; private set; }

    /// <summary>Weighted means less the means to reach: the gap that is left, per covariate in standard deviations.</summary>
    public double[] Gradient { get; }

    /// <summary>Weights in proportion, 0 for rows that are not reweighted.</summary>
    public double[] Weights { get; }

    /// <summary>Σ of <see cref="Weights"/>.</summary>
    public double Total => Products[0];

    /// <summary>Σ weight · row · row', the intercept first.</summary>
    public double[] Products { get; private set; } = [];

    public double LargestGap => Gradient.Length == 0 ? 0 : Gradient.Max(Math.Abs);

    /// <summary>
    /// True when all rows lie on the far side of the means to reach in the direction taken so far: then no weights reach them.
    /// </summary>
    public bool HasLeftEveryRowBehind => _highest < Dot(Parameters, _target);

    public double[] Hessian()
    {
        var (p, q) = (_target.Length, _target.Length + 1);
        var hessian = new double[p * p];
        for (var j = 0; j < p; j++)
        {
            for (var k = 0; k < p; k++)
            {
                var mean = (Products[(j + 1) * q] / Total, Products[(k + 1) * q] / Total);
                hessian[(j * p) + k] = (Products[((j + 1) * q) + k + 1] / Total) - (mean.Item1 * mean.Item2);
            }
        }

        return hessian;
    }

    /// <summary>Moves along a descent direction until the dual falls.</summary>
    public void LowerAlong(double[] direction)
    {
        var before = _value;
        var slope = Dot(Gradient, direction);
        var origin = Parameters;
        var length = 1.0;
        for (var halving = 0; ; halving++)
        {
            var next = new double[origin.Length];
            for (var j = 0; j < next.Length; j++) next[j] = origin[j] + (length * direction[j]);
            Evaluate(next);
            // A quarter of the promised fall, give or take the rounding of the dual itself.
            if (halving == 40 || _value <= before + (0.25 * length * slope) + (1e-13 * (1 + Math.Abs(before)))) return;
            length /= 2;
        }
    }

    /// <summary>
    /// True when no row lies beyond the means to reach in this direction, up to a share of the farthest one: then no weights reach them.
    /// </summary>
    public bool AllOnOneSide(double[] direction, double tolerance)
    {
        var moved = _design.Times([-Dot(direction, _target), .. direction], _threads);
        double low = 0, high = double.NegativeInfinity;
        for (var i = 0; i < moved.Length; i++)
        {
            if (_start[i] == 0) continue;
            low = Math.Min(low, moved[i]);
            high = Math.Max(high, moved[i]);
        }

        return low <= -0.3 && high <= -tolerance * low;
    }

    private static double Dot(double[] a, double[] b) => LaneSum.Dot(a, b);

    private void Evaluate(double[] parameters)
    {
        Parameters = parameters;
        double[] coefficients = [0, .. parameters];
        var highest = new double[(_exponent.Length + RowBlocks.Rows - 1) / RowBlocks.Rows];
        RowBlocks.Run(_exponent.Length, _threads, (start, count) =>
        {
            var exponent = _exponent.AsSpan(start, count);
            exponent.Clear();
            _design.AddTimes(coefficients, start, count, exponent);
            var high = double.NegativeInfinity;
            for (var i = 0; i < count; i++) high = _start[start + i] > 0 ? Math.Max(high, exponent[i]) : high;
            highest[start / RowBlocks.Rows] = high;
        });
        _highest = highest.Max();
        RowBlocks.Run(_exponent.Length, _threads, (start, count) =>
            Exponentiate(_exponent.AsSpan(start, count), _start.AsSpan(start, count), Weights.AsSpan(start, count)));
        Products = _design.CrossProduct(Weights, _threads);
        _value = _highest + Math.Log(Total) - Dot(parameters, _target);
        for (var j = 0; j < Gradient.Length; j++) Gradient[j] = (Products[(j + 1) * (Gradient.Length + 1)] / Total) - _target[j];
    }

    // A row that is not reweighted may lie beyond the highest one that is; its exponent must not run off.
    private void Exponentiate(ReadOnlySpan<double> exponent, ReadOnlySpan<double> start, Span<double> weights)
    {
        ref var pe = ref MemoryMarshal.GetReference(exponent);
        ref var ps = ref MemoryMarshal.GetReference(start);
        ref var pw = ref MemoryMarshal.GetReference(weights);
        var highest = Vector256.Create(_highest);
        var i = 0;
        for (; i <= exponent.Length - 4; i += 4)
        {
            var above = Vector256.MinNative(Vector256.LoadUnsafe(ref pe, (nuint)i) - highest, Vector256<double>.Zero);
            (Vector256.LoadUnsafe(ref ps, (nuint)i) * LaneMath.Exp(above)).StoreUnsafe(ref pw, (nuint)i);
        }

        if (i == exponent.Length) return;
        // The same arithmetic for the last rows, so that a weight does not depend on where its row stands.
        Span<double> rest = stackalloc double[12];
        rest.Clear();
        exponent[i..].CopyTo(rest);
        start[i..].CopyTo(rest[4..]);
        Exponentiate(rest[..4], rest.Slice(4, 4), rest[8..]);
        rest.Slice(8, exponent.Length - i).CopyTo(weights[i..]);
    }
}
