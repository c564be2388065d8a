using System.Buffers;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// One pass over the data for given coefficients: score Σ r z, information Σ w z z' and deviance, all fused. Rows are taken in blocks that
/// fit the first cache and are standardised there; a block's sums do not depend on who computes it, and blocks are added in order.
/// </summary>
internal sealed class ScorePass
{
    private const int Block = RowBlocks.Rows;
    private readonly double[] _treated;
    private readonly int? _threads;
    private readonly int _stride;
    private readonly int _rows;

    /// <summary>Makes a pass.</summary>
    /// <param name="design">The covariates.</param>
    /// <param name="link">The row terms.</param>
    /// <param name="treated">The arms.</param>
    /// <param name="caseWeights">One per row, or empty for all one; kept, not copied.</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    public ScorePass(StandardisedDesign design, BinaryLink link, ReadOnlySpan<bool> treated, double[] caseWeights, int? threads)
        : this(design, link, Numbers(treated), caseWeights, threads, 1)
    {
    }

    private ScorePass(StandardisedDesign design, BinaryLink link, double[] treated, double[] caseWeights, int? threads, int stride)
    {
        (Design, Link, _treated, CaseWeights, _threads, _stride) = (design, link, treated, caseWeights, threads, stride);
        _rows = stride == 1 ? design.Rows : design.Rows / (Block * stride) * Block;
        Score = new double[design.Size];
        Information = new double[design.Size * design.Size];
    }

    public StandardisedDesign Design { get; }

    public BinaryLink Link { get; }

    public double[] CaseWeights { get; set; }

    public double[] Score { get; private set; }

    /// <summary>Row-major, both triangles.</summary>
    public double[] Information { get; private set; }

    public double Deviance { get; private set; }

    /// <summary>Σ w: the intercept's own information.</summary>
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

    /// <summary>The same rows with other columns.</summary>
    public ScorePass Of(StandardisedDesign design) => new(design, Link, _treated, CaseWeights, _threads, _stride);

    /// <summary>The same pass over every <paramref name="stride"/>th block of rows only.</summary>
    public ScorePass Sample(int stride) => new(Design, Link, _treated, CaseWeights, _threads, stride);

    /// <summary>Runs the pass.</summary>
    /// <param name="beta">Coefficients of the standardised columns, the intercept first.</param>
    /// <param name="index">Where each row's linear predictor goes, or null.</param>
    /// <param name="residual">Where each row's r goes, or null.</param>
    public void Run(double[] beta, double[]? index = null, double[]? residual = null)
    {
        var q = Design.Size;
        // Deviance, score, lower triangle of the information.
        var sums = RowBlocks.Sum(
            _rows,
            1 + q + (q * (q + 1) / 2),
            _threads,
            (start, count, partial) => AddBlock(beta, start * _stride, count, index, residual, partial));
        Deviance = sums[0];
        Score = sums[1..(q + 1)];
        Information = StandardisedDesign.Symmetric(sums.AsSpan(1 + q), q);
    }

    private static double[] Numbers(ReadOnlySpan<bool> treated)
    {
        var numbers = new double[treated.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = treated[i] ? 1 : 0;
        return numbers;
    }

    private void AddBlock(double[] beta, int start, int count, double[]? keptIndex, double[]? keptResidual, Span<double> sums)
    {
        var p = beta.Length - 1;
        var padded = CrossProductTiles.PaddedRows(count);
        Span<double> buffer = stackalloc double[5 * Block];
        var index = buffer[..Block];
        // Residual and weight side by side: together they are the left side of one row of tiles.
        var residual = buffer.Slice(Block, Block);
        var weight = buffer.Slice(2 * Block, Block);
        var treated = buffer.Slice(3 * Block, padded);
        var cases = CaseWeights.Length > 0 ? buffer.Slice(4 * Block, padded) : [];
        _treated.AsSpan(start, count).CopyTo(treated);
        treated[count..].Fill(1);
        if (!cases.IsEmpty)
        {
            CaseWeights.AsSpan(start, count).CopyTo(cases);
            cases[count..].Clear();
        }

        var rented = ArrayPool<double>.Shared.Rent(CrossProductTiles.BufferLength(p) + 1);
        var block = rented.AsSpan(0, CrossProductTiles.BufferLength(p));
        Design.FillTiles(start, count, beta, block, index);
        index[count..padded].Fill(BinaryLink.PaddingIndex);
        sums[0] = Link.Evaluate(index[..padded], treated, cases, count, residual[..padded], weight[..padded]);
        if (keptIndex is not null) index[..count].CopyTo(keptIndex.AsSpan(start));
        if (keptResidual is not null) residual[..count].CopyTo(keptResidual.AsSpan(start));

        Span<double> weightSums = stackalloc double[p];
        var lower = sums[(1 + beta.Length)..];
        sums[1] = LaneSum.Sum(residual[..padded]);
        lower[0] = LaneSum.Sum(weight[..padded]);
        CrossProductTiles.Pair(buffer.Slice(Block, 2 * Block), block, p, count, sums[2..], weightSums);
        for (int j = 0, at = 1; j < p; at += j + 2, j++) lower[at] = weightSums[j];
        CrossProductTiles.AddSymmetric(block, p, count, weight, 1, lower);
        ArrayPool<double>.Shared.Return(rented);
    }
}
