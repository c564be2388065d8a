using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>
/// The weighted difference with a logistic propensity model, fitted anew on integer row weights, again and again on the same rows. What all
/// samples share is computed once: the standardised columns in tiles, the fit to all rows, its residuals and its information. A sample's
/// fit starts there: the first step takes the shared information (it is right up to the sample's fluctuation), the next ones Newton's own,
/// until a step is so small that its square is under the tolerance.
/// </summary>
internal sealed class ResampledLogit
{
    private const int Block = RowBlocks.Rows;
    private const int MaximumSteps = 12;

    // An error of ε before a Newton step is some ε²/3 after it, so 1e-5 leaves 1e-10 of coefficients that are about one.
    private const double LastStep = 1e-5;

    private readonly int _columns;
    private readonly int _blocks;
    private readonly double[] _tiles;
    private readonly double[] _sign;
    private readonly double[] _outcome;
    private readonly double[] _linear;
    private readonly double[] _residual;
    private readonly double[] _beta;
    private readonly Cholesky _information;
    private readonly Estimand _aim;

    public ResampledLogit(
        StandardisedDesign design, double[] beta, Cholesky information, ReadOnlySpan<bool> treated, ReadOnlySpan<double> outcome,
        Estimand aim)
    {
        _columns = design.Size - 1;
        _blocks = (design.Rows + Block - 1) / Block;
        (_beta, _information, _aim) = (beta, information, aim);
        _tiles = new double[_blocks * CrossProductTiles.BufferLength(_columns)];
        _linear = new double[_blocks * Block];
        _residual = new double[_blocks * Block];
        _sign = new double[_blocks * Block];
        _outcome = new double[_blocks * Block];
        for (var block = 0; block < _blocks; block++)
        {
            var count = Math.Min(Block, design.Rows - (block * Block));
            design.FillTiles(block * Block, count, beta, Tiles(block), _linear.AsSpan(block * Block, Block));
        }

        Array.Fill(_sign, 1.0);
        outcome.CopyTo(_outcome);
        for (var i = 0; i < treated.Length; i++)
        {
            _sign[i] = treated[i] ? 1 : -1;
            _residual[i] = _sign[i] / (1 + Math.Exp(_sign[i] * _linear[i]));
        }
    }

    /// <summary>What one thread needs for itself.</summary>
    public sealed class Workspace(ResampledLogit owner)
    {
        public double[] Counts { get; } = new double[owner._blocks * Block];

        public double[] Linear { get; } = new double[owner._blocks * Block];

        public double[] Sums { get; } = new double[(owner._columns + 1) * (owner._columns + 4) / 2];

        public double[] Step { get; } = new double[owner._columns + 1];
    }

    /// <summary>The estimate in the sample with these counts; null when the fit did not settle quickly.</summary>
    public double? Estimate(ReadOnlySpan<int> counts, Workspace own)
    {
        for (var i = 0; i < counts.Length; i++) own.Counts[i] = counts[i];
        _linear.CopyTo(own.Linear, 0);
        FirstScore(own);
        _information.Solve(own.Sums.AsSpan(0, _columns + 1)).CopyTo(own.Step, 0);
        for (var step = 0; step < MaximumSteps; step++)
        {
            var size = Largest(own.Step);
            if (!(size < 5)) return null;
            if (size <= LastStep) return Effect(own);
            Pass(own);
            var information = StandardisedDesign.Symmetric(own.Sums.AsSpan(_columns + 1), _columns + 1);
            // As good a pivot as a column must have that a fit from the beginning would not leave out.
            if (Cholesky.TryFactor(information, _columns + 1, 1e-9) is not { } factor) return null;
            factor.Solve(own.Sums.AsSpan(0, _columns + 1)).CopyTo(own.Step, 0);
        }

        return null;
    }

    private Span<double> Tiles(int block)
    {
        var length = CrossProductTiles.BufferLength(_columns);
        return _tiles.AsSpan(block * length, length);
    }

    // Σ c r z at the fit to all rows, whose residuals are known.
    private void FirstScore(Workspace own)
    {
        Span<double> weighted = stackalloc double[Block];
        var score = own.Sums.AsSpan(0, _columns + 1);
        score.Clear();
        for (var block = 0; block < _blocks; block++)
        {
            LaneSum.Multiply(own.Counts.AsSpan(block * Block, Block), _residual.AsSpan(block * Block, Block), weighted);
            AddScore(Tiles(block), weighted, score);
        }
    }

    // Takes the step, then Σ c r z and Σ c w z z' there.
    private void Pass(Workspace own)
    {
        Span<double> residual = stackalloc double[Block];
        Span<double> weight = stackalloc double[Block];
        own.Sums.AsSpan().Clear();
        var score = own.Sums.AsSpan(0, _columns + 1);
        var lower = own.Sums.AsSpan(_columns + 1);
        for (var block = 0; block < _blocks; block++)
        {
            var tiles = Tiles(block);
            var linear = own.Linear.AsSpan(block * Block, Block);
            Move(tiles, own.Step, linear);
            RowTerms(linear, _sign.AsSpan(block * Block, Block), own.Counts.AsSpan(block * Block, Block), residual, weight);
            AddScore(tiles, residual, score);
            lower[0] += LaneSum.Sum(weight);
            for (int j = 1, at = 1; j <= _columns; j++, at += j) lower[at] += LaneSum.Dot(tiles.Slice((j - 1) * Block, Block), weight);
            CrossProductTiles.AddSymmetric(tiles, _columns, Block, weight, 1, lower);
        }
    }

    private void AddScore(ReadOnlySpan<double> tiles, ReadOnlySpan<double> residual, Span<double> score)
    {
        score[0] += LaneSum.Sum(residual);
        for (var j = 0; j < _columns; j++) score[j + 1] += LaneSum.Dot(tiles.Slice(j * Block, Block), residual);
    }

    private void Move(ReadOnlySpan<double> tiles, double[] step, Span<double> linear)
    {
        ref var to = ref MemoryMarshal.GetReference(linear);
        for (nuint i = 0; i < (nuint)Block; i += 4) (Vector256.LoadUnsafe(ref to, i) + Vector256.Create(step[0])).StoreUnsafe(ref to, i);
        for (var j = 0; j < _columns; j++) LaneSum.AddScaled(step[j + 1], tiles.Slice(j * Block, Block), linear);
    }

    private static void RowTerms(
        ReadOnlySpan<double> linear, ReadOnlySpan<double> sign, ReadOnlySpan<double> counts, Span<double> residual, Span<double> weight)
    {
        ref var eta = ref MemoryMarshal.GetReference(linear);
        ref var arm = ref MemoryMarshal.GetReference(sign);
        ref var count = ref MemoryMarshal.GetReference(counts);
        ref var r = ref MemoryMarshal.GetReference(residual);
        ref var w = ref MemoryMarshal.GetReference(weight);
        var (zero, one) = (Vector256<double>.Zero, Vector256<double>.One);
        for (nuint i = 0; i < (nuint)Block; i += 4)
        {
            var s = Vector256.LoadUnsafe(ref arm, i);
            var c = Vector256.LoadUnsafe(ref count, i);
            var y = s * Vector256.LoadUnsafe(ref eta, i);
            var e = LaneMath.Exp(-Vector256.Abs(y));
            var large = one / (one + e);
            var small = e * large;
            (c * s * Vector256.ConditionalSelect(Vector256.LessThan(y, zero), large, small)).StoreUnsafe(ref r, i);
            (c * small * large).StoreUnsafe(ref w, i);
        }
    }

    // Takes the last step and the weighted difference there. u = exp(−s η) is the odds of the other arm.
    private double Effect(Workspace own)
    {
        var (zero, one) = (Vector256<double>.Zero, Vector256<double>.One);
        var (weightTreated, sumTreated, weightAll, sumAll) = (zero, zero, zero, zero);
        for (var block = 0; block < _blocks; block++)
        {
            var linear = own.Linear.AsSpan(block * Block, Block);
            Move(Tiles(block), own.Step, linear);
            ref var eta = ref MemoryMarshal.GetReference(linear);
            ref var arm = ref MemoryMarshal.GetReference(_sign.AsSpan(block * Block, Block));
            ref var count = ref MemoryMarshal.GetReference(own.Counts.AsSpan(block * Block, Block));
            ref var outcome = ref MemoryMarshal.GetReference(_outcome.AsSpan(block * Block, Block));
            for (nuint i = 0; i < (nuint)Block; i += 4)
            {
                var s = Vector256.LoadUnsafe(ref arm, i);
                var treated = Vector256.GreaterThan(s, zero);
                var u = LaneMath.Exp(-s * Vector256.LoadUnsafe(ref eta, i));
                var w = _aim switch
                {
                    Estimand.Treated => Vector256.ConditionalSelect(treated, one, u),
                    Estimand.Untreated => Vector256.ConditionalSelect(treated, u, one),
                    Estimand.Everyone => one + u,
                    _ => u / (one + u)
                };
                // Padding counts nothing, whatever its weight would be.
                w = Vector256.LoadUnsafe(ref count, i) * w;
                var wy = w * Vector256.LoadUnsafe(ref outcome, i);
                weightAll += w;
                sumAll += wy;
                weightTreated += Vector256.ConditionalSelect(treated, w, zero);
                sumTreated += Vector256.ConditionalSelect(treated, wy, zero);
            }
        }

        var (w1, y1) = (LaneSum.Fold(weightTreated), LaneSum.Fold(sumTreated));
        return (y1 / w1) - ((LaneSum.Fold(sumAll) - y1) / (LaneSum.Fold(weightAll) - w1));
    }

    private static double Largest(double[] values)
    {
        var largest = 0.0;
        // Not Math.Max, which would let NaN through to the comparison it should fail.
        foreach (var value in values) largest = Math.Abs(value) <= largest ? largest : Math.Abs(value);
        return largest;
    }
}
