using System.Runtime.Intrinsics;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>
/// First and second derivatives of the logistic loss, g = w(e − t) and h = w e(1 − e), as whole numbers: integer sums have the same value
/// in any order, by any number of threads, and as a parent's less a sibling's. A unit is 2⁻²⁹ of the power of two at or below the largest
/// weight for g (2⁻³¹ for h), and 2³¹ rows cannot overflow 64 bits.
/// </summary>
internal sealed class GradientPass
{
    private const int Block = RowBlocks.Rows;
    private readonly double[] _treated;
    private readonly double[] _training;
    private readonly double[] _heldOut;
    private readonly double _scale;

    /// <summary>Makes a pass.</summary>
    /// <param name="treated">1 for treated rows, 0 for others.</param>
    /// <param name="training">Weights of the rows to learn from, or empty for all one.</param>
    /// <param name="heldOut">Weights of the rows held out, or empty when there are none.</param>
    public GradientPass(double[] treated, double[] training, double[] heldOut)
    {
        (_treated, _training, _heldOut) = (treated, training, heldOut);
        _scale = Math.ScaleB(1, 29 - Math.ILogB(training.Length == 0 ? 1 : training.Max()));
        Packed = new long[treated.Length];
        LogOdds = new double[treated.Length];
    }

    /// <summary>Per row g in the lower and h in the upper half.</summary>
    public long[] Packed { get; }

    /// <summary>The model so far.</summary>
    public double[] LogOdds { get; }

    /// <summary>What one unit of g is worth.</summary>
    public double GradientUnit => 1 / _scale;

    /// <summary>What one unit of h is worth.</summary>
    public double InformationUnit => 0.25 / _scale;

    /// <summary>Derivatives of some rows at the present log odds.</summary>
    /// <returns>−2 log likelihood of the rows to learn from, and of those held out.</returns>
    public (double Training, double HeldOut) Run(int start, int count)
    {
        var (training, heldOut) = (0.0, 0.0);
        for (var end = start + count; start < end; start += Block)
        {
            var rows = Math.Min(Block, end - start);
            training += RunBlock(start, rows, ref heldOut);
        }

        return (training, heldOut);
    }

    private double RunBlock(int start, int count, ref double heldOut)
    {
        Span<double> buffer = stackalloc double[5 * Block];
        var padded = CrossProductTiles.PaddedRows(count);
        var index = buffer[..padded];
        var treated = buffer.Slice(Block, padded);
        var residual = buffer.Slice(2 * Block, padded);
        var information = buffer.Slice(3 * Block, padded);
        LogOdds.AsSpan(start, count).CopyTo(index);
        index[count..].Fill(BinaryLink.PaddingIndex);
        _treated.AsSpan(start, count).CopyTo(treated);
        treated[count..].Fill(1);
        if (_heldOut.Length > 0)
        {
            heldOut += LogitLink.Instance.Evaluate(
                index, treated, Cases(_heldOut, start, count, buffer[(4 * Block)..]), count, residual, information);
        }

        var deviance = LogitLink.Instance.Evaluate(
            index, treated, Cases(_training, start, count, buffer[(4 * Block)..]), count, residual, information);
        Pack(residual, information, Packed.AsSpan(start, count));
        return deviance;
    }

    private static ReadOnlySpan<double> Cases(double[] weights, int start, int count, Span<double> buffer)
    {
        if (weights.Length == 0) return [];
        var cases = buffer[..CrossProductTiles.PaddedRows(count)];
        weights.AsSpan(start, count).CopyTo(cases);
        cases[count..].Clear();
        return cases;
    }

    private void Pack(ReadOnlySpan<double> residual, ReadOnlySpan<double> information, Span<long> packed)
    {
        // Added to this number, a double under 2³¹ has its nearest whole number in its lowest 32 bits.
        const double Magic = 6_755_399_441_055_744;
        var (magic, low) = (Vector256.Create(Magic), Vector256.Create(0xFFFF_FFFFL));
        var (scale, finer) = (Vector256.Create(-_scale), Vector256.Create(4 * _scale));
        var i = 0;
        for (; i + 4 <= packed.Length; i += 4)
        {
            var g = ((Vector256.Create(residual.Slice(i, 4)) * scale) + magic).AsInt64();
            var h = ((Vector256.Create(information.Slice(i, 4)) * finer) + magic).AsInt64();
            ((g & low) | (h << 32)).CopyTo(packed[i..]);
        }

        for (; i < packed.Length; i++)
        {
            var g = BitConverter.DoubleToInt64Bits((residual[i] * -_scale) + Magic);
            var h = BitConverter.DoubleToInt64Bits((information[i] * 4 * _scale) + Magic);
            packed[i] = (g & 0xFFFF_FFFFL) | (h << 32);
        }
    }
}
