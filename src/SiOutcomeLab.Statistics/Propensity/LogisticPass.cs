using System.Buffers;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// One pass over the data for given coefficients: score X'(t − e), information X'WX, deviance, all fused. Rows are taken in blocks
/// that fit the first cache; a block's sums do not depend on who computes it, and blocks are added in order.
/// </summary>
internal sealed class LogisticPass
{
    private readonly StandardisedDesign _design;
    private readonly double[] _treated;
    private readonly int? _threads;

    public LogisticPass(StandardisedDesign design, ReadOnlySpan<bool> treated, int? threads)
    {
        _design = design;
        _threads = threads;
        _treated = new double[treated.Length];
        for (var i = 0; i < treated.Length; i++) _treated[i] = treated[i] ? 1 : 0;
        Score = new double[design.Size];
        Information = new double[design.Size * design.Size];
    }

    public double[] Score { get; private set; }

    /// <summary>Row-major, both triangles.</summary>
    public double[] Information { get; private set; }

    public double Deviance { get; private set; }

    /// <summary>ΣW: the intercept's own information.</summary>
    public double TotalWeight => Information[0];

    public double LargestScore
    {
        get
        {
            var largest = 0.0;
            foreach (var score in Score) largest = Math.Max(largest, Math.Abs(score));
            return largest;
        }
    }

    public static double Probability(double linear)
    {
        var e = Math.Exp(-Math.Abs(linear));
        return linear >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    public void Run(double[] beta)
    {
        var q = _design.Size;
        // Deviance, score, lower triangle of the information.
        var sums = RowBlocks.Sum(_design.Rows, 1 + q + (q * (q + 1) / 2), _threads, (start, count, partial) => AddBlock(beta, start, count, partial));
        Deviance = sums[0];
        Score = sums[1..(q + 1)];
        Information = StandardisedDesign.Symmetric(sums.AsSpan(1 + q), q);
    }

    private void AddBlock(double[] beta, int start, int count, Span<double> sums)
    {
        Span<double> buffer = stackalloc double[RowBlocks.Rows * 3];
        var linear = buffer[..count];
        var residual = buffer.Slice(RowBlocks.Rows, count);
        var weight = buffer.Slice(RowBlocks.Rows * 2, count);
        var rented = ArrayPool<double>.Shared.Rent(beta.Length * count);
        var block = rented.AsSpan(0, beta.Length * count);
        _design.Fill(start, count, block);
        linear.Clear();
        for (var j = 0; j < beta.Length; j++) LaneSum.AddScaled(beta[j], block.Slice(j * count, count), linear);
        sums[0] = Evaluate(linear, _treated.AsSpan(start, count), residual, weight);
        for (var j = 0; j < beta.Length; j++) sums[1 + j] = LaneSum.Dot(block.Slice(j * count, count), residual);
        _design.AddCrossProduct(block, count, weight, sums[(1 + beta.Length)..]);
        ArrayPool<double>.Shared.Return(rented);
    }

    // With e = exp(−|η|) both e/(1+e) and 1/(1+e) keep full relative precision in either tail.
    private static double Evaluate(Span<double> linear, ReadOnlySpan<double> treated, Span<double> residual, Span<double> weight)
    {
        // log Π(1 + e) takes one logarithm for many rows; 64 factors of at most 2 stay far from overflow.
        double deviance = 0, product = 1;
        for (var i = 0; i < linear.Length; i++)
        {
            var eta = linear[i];
            var size = Math.Abs(eta);
            var e = Math.Exp(-size);
            var small = e / (1 + e);
            weight[i] = small / (1 + e);
            var likely = eta >= 0 ? 1.0 : 0.0;
            // Treated where treatment is likely, or not where it is not: the residual is the small tail.
            var surprise = treated[i] != likely;
            residual[i] = (treated[i] - 0.5) * 2 * (surprise ? 1 / (1 + e) : small);
            product *= 1 + e;
            if (surprise) deviance += size;
            if (i % 64 != 63) continue;
            deviance += Math.Log(product);
            product = 1;
        }

        return 2 * (deviance + Math.Log(product));
    }
}
