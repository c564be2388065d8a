using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// One pass over the data for given coefficients: score X'(t − e), information X'WX, deviance, all fused. Rows are taken in blocks
/// that fit the first cache; a block's sums do not depend on who computes it, and blocks are added in order.
/// </summary>
internal sealed class LogisticPass
{
    private const int BlockRows = 256;
    private readonly StandardisedDesign _design;
    private readonly double[] _treated;
    private readonly int _threads;
    private readonly int _blocks;
    private readonly int _stride;
    private readonly double[] _partial;

    public LogisticPass(StandardisedDesign design, ReadOnlySpan<bool> treated, int threads)
    {
        _design = design;
        _treated = new double[treated.Length];
        for (var i = 0; i < treated.Length; i++) _treated[i] = treated[i] ? 1 : 0;
        _blocks = (design.Rows + BlockRows - 1) / BlockRows;
        // Under some 30 000 rows a thread costs more than it saves.
        _threads = Math.Max(1, Math.Min(threads, _blocks / 128));
        // Per block: deviance, score, lower triangle of the information.
        _stride = 1 + design.Size + (design.Size * (design.Size + 1) / 2);
        _partial = new double[_blocks * _stride];
        Score = new double[design.Size];
        Information = new double[design.Size * design.Size];
    }

    public double[] Score { get; }

    /// <summary>Row-major, both triangles.</summary>
    public double[] Information { get; }

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
        if (_threads == 1)
        {
            RunBlocks(beta, 0, _blocks);
        }
        else
        {
            Parallel.For(
                0,
                _threads,
                new ParallelOptions { MaxDegreeOfParallelism = _threads },
                part => RunBlocks(beta, (int)((long)_blocks * part / _threads), (int)((long)_blocks * (part + 1) / _threads)));
        }

        AddBlocks();
    }

    private void RunBlocks(double[] beta, int from, int to)
    {
        Span<double> buffer = stackalloc double[BlockRows * 4];
        for (var block = from; block < to; block++)
        {
            var start = block * BlockRows;
            var count = Math.Min(BlockRows, _design.Rows - start);
            RunBlock(beta, start, count, buffer, _partial.AsSpan(block * _stride, _stride));
        }
    }

    private void RunBlock(double[] beta, int start, int count, Span<double> buffer, Span<double> result)
    {
        var linear = buffer[..count];
        var residual = buffer.Slice(BlockRows, count);
        var weight = buffer.Slice(BlockRows * 2, count);
        var weighted = buffer.Slice(BlockRows * 3, count);
        linear.Fill(beta[0]);
        for (var j = 1; j < beta.Length; j++) LaneSum.AddScaled(beta[j], _design.Column(j).Slice(start, count), linear);
        result[0] = Evaluate(linear, _treated.AsSpan(start, count), residual, weight);
        var at = 1;
        for (var j = 0; j < beta.Length; j++) result[at++] = LaneSum.Dot(_design.Column(j).Slice(start, count), residual);
        for (var j = 0; j < beta.Length; j++)
        {
            LaneSum.Multiply(weight, _design.Column(j).Slice(start, count), weighted);
            for (var k = 0; k <= j; k++) result[at++] = LaneSum.Dot(weighted, _design.Column(k).Slice(start, count));
        }
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

    private void AddBlocks()
    {
        var total = new double[_stride];
        for (var block = 0; block < _blocks; block++)
        {
            var partial = _partial.AsSpan(block * _stride, _stride);
            for (var i = 0; i < _stride; i++) total[i] += partial[i];
        }

        Deviance = total[0];
        var q = _design.Size;
        total.AsSpan(1, q).CopyTo(Score);
        var at = 1 + q;
        for (var j = 0; j < q; j++)
        {
            for (var k = 0; k <= j; k++)
            {
                Information[(j * q) + k] = total[at];
                Information[(k * q) + j] = total[at++];
            }
        }
    }
}
