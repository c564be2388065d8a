using System.Buffers;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>
/// One pass over the data for given coefficients: objective (minus the log likelihood up to a constant), its gradient Σ sᵢ zᵢ and its
/// observed curvature Σ vᵢ zᵢ zᵢ', fused block by block.
/// </summary>
internal sealed class GlmPass
{
    private readonly StandardisedDesign _design;
    private readonly OutcomeFamily _family;
    private readonly double[] _outcome;
    private readonly double[] _weights;
    private readonly double[]? _offset;
    private readonly int? _threads;

    /// <param name="design">Covariates of all rows.</param>
    /// <param name="family">The outcome's family.</param>
    /// <param name="outcome">One value per row.</param>
    /// <param name="weights">One weight per row; rows of weight 0 are passed over.</param>
    /// <param name="offset">Added to the linear predictor, or null for none.</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    public GlmPass(
        StandardisedDesign design, OutcomeFamily family, double[] outcome, double[] weights, double[]? offset, int? threads)
    {
        (_design, _family, _outcome, _weights, _offset, _threads) = (design, family, outcome, weights, offset, threads);
        (Gradient, Curvature) = (new double[design.Size], new double[design.Size * design.Size]);
    }

    public double Objective { get; private set; }

    public double[] Gradient { get; private set; }

    /// <summary>Row-major, both triangles.</summary>
    public double[] Curvature { get; private set; }

    public void Run(double[] beta)
    {
        var q = _design.Size;
        var sums = RowBlocks.Sum(
            _design.Rows, 1 + q + (q * (q + 1) / 2), _threads, (start, count, partial) => AddBlock(beta, start, count, partial));
        Objective = sums[0];
        Gradient = sums[1..(q + 1)];
        Curvature = StandardisedDesign.Symmetric(sums.AsSpan(1 + q), q);
    }

    /// <summary>z'b plus the offset, for every row.</summary>
    public double[] LinearPredictor(double[] beta)
    {
        var linear = _offset is null ? new double[_design.Rows] : (double[])_offset.Clone();
        _design.AddTimes(beta, linear, _threads);
        return linear;
    }

    /// <summary>The mean at a linear predictor, and its derivative.</summary>
    public static (double Mean, double Slope) Mean(OutcomeFamily family, double eta)
    {
        switch (family)
        {
            case OutcomeFamily.Linear:
                return (eta, 1);
            case OutcomeFamily.Logistic:
                var e = Math.Exp(-Math.Abs(eta));
                return (eta >= 0 ? 1 / (1 + e) : e / (1 + e), e / ((1 + e) * (1 + e)));
            default:
                var mean = Math.Exp(eta);
                return (mean, mean);
        }
    }

    /// <summary>One row of weight 1: objective, score (its negative derivative by the linear predictor) and curvature.</summary>
    public static (double Objective, double Score, double Curvature) Row(OutcomeFamily family, double eta, double y)
    {
        switch (family)
        {
            case OutcomeFamily.Linear:
                var residual = y - eta;
                return (residual * residual / 2, residual, 1);
            case OutcomeFamily.Logistic:
                var e = Math.Exp(-Math.Abs(eta));
                var p = eta >= 0 ? 1 / (1 + e) : e / (1 + e);
                // Both tails by themselves: 1 − p would lose its digits.
                var rest = eta >= 0 ? e / (1 + e) : 1 / (1 + e);
                return (Math.Log(1 + e) + Math.Max(eta, 0) - (y * eta), (y * rest) - ((1 - y) * p), p * rest);
            case OutcomeFamily.Poisson:
                var mean = Math.Exp(eta);
                return (mean - (y * eta), y - mean, mean);
            default:
                var ratio = y * Math.Exp(-eta);
                return (ratio + eta, ratio - 1, ratio);
        }
    }

    private void AddBlock(double[] beta, int start, int count, Span<double> sums)
    {
        var w = _weights.AsSpan(start, count);
        if (!w.ContainsAnyExcept(0.0)) return;

        var p = beta.Length - 1;
        Span<double> buffer = stackalloc double[RowBlocks.Rows * 3];
        buffer.Clear();
        var linear = buffer[..RowBlocks.Rows];
        var score = buffer.Slice(RowBlocks.Rows, RowBlocks.Rows);
        var curvature = buffer.Slice(RowBlocks.Rows * 2, RowBlocks.Rows);
        var rented = ArrayPool<double>.Shared.Rent(CrossProductTiles.BufferLength(p) + 1);
        var block = rented.AsSpan(0, CrossProductTiles.BufferLength(p));
        _design.FillTiles(start, count, beta, block, linear);
        for (var i = 0; i < count; i++)
        {
            // A row outside of the fit may have a predictor beyond all bounds; it counts nothing.
            if (w[i] == 0) continue;
            var row = Row(_family, linear[i] + (_offset is null ? 0 : _offset[start + i]), _outcome[start + i]);
            sums[0] += w[i] * row.Objective;
            (score[i], curvature[i]) = (w[i] * row.Score, w[i] * row.Curvature);
        }

        var lower = sums[(1 + beta.Length)..];
        sums[1] = LaneSum.Sum(score);
        lower[0] = LaneSum.Sum(curvature);
        for (int j = 1, at = 1; j <= p; j++, at += j)
        {
            var column = block.Slice((j - 1) * RowBlocks.Rows, RowBlocks.Rows);
            sums[1 + j] = LaneSum.Dot(column, score);
            lower[at] = LaneSum.Dot(column, curvature);
        }

        CrossProductTiles.AddSymmetric(block, p, count, curvature, 1, lower);
        ArrayPool<double>.Shared.Return(rented);
    }
}
