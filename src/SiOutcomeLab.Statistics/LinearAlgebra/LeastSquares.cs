using System.Buffers;

namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// Weighted least squares on a standardised design, extended to all rows: b minimises Σ wᵢ (yᵢ − zᵢ'b)², and a row of weight 0 is
/// predicted without being learned from. Normal equations on standardised columns, refined twice, so that digits are lost neither to
/// units nor to squaring.
/// </summary>
internal sealed class LeastSquares
{
    private readonly double[] _weights;

    private LeastSquares(StandardisedDesign design, double[] weights, Cholesky crossProduct, double[] coefficients, double[] residuals)
    {
        Design = design;
        _weights = weights;
        CrossProduct = crossProduct;
        Coefficients = coefficients;
        Residuals = residuals;
    }

    public StandardisedDesign Design { get; }

    /// <summary>Z'WZ.</summary>
    public Cholesky CrossProduct { get; }

    /// <summary>Coefficients of the standardised columns, the intercept first.</summary>
    public double[] Coefficients { get; }

    /// <summary>y − z'b for every row, also those of weight 0.</summary>
    public double[] Residuals { get; }

    /// <summary>Fits; null when the columns cannot be told apart among the rows with weight.</summary>
    /// <param name="design">Covariates of all rows.</param>
    /// <param name="outcome">One value per row; those of rows of weight 0 only enter their residuals.</param>
    /// <param name="weights">One weight per row, at least 0; kept, not copied.</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    public static LeastSquares? TryFit(StandardisedDesign design, ReadOnlySpan<double> outcome, double[] weights, int? threads = null)
    {
        var residuals = outcome.ToArray();
        var (products, score) = FirstRound(design, residuals, weights, threads);
        if (Cholesky.TryFactor(products, design.Size, 1e-10) is not { } factor) return null;

        var coefficients = new double[design.Size];
        // The second and third rounds are iterative refinement: they win back the digits that normal equations lose.
        for (var round = 0; ; round++)
        {
            var step = factor.Solve(score);
            for (var j = 0; j < step.Length; j++)
            {
                coefficients[j] += step[j];
                step[j] = -step[j];
            }

            if (round == 2)
            {
                design.AddTimes(step, residuals, threads);
                break;
            }

            score = Move(design, residuals, weights, step, threads);
        }

        return new LeastSquares(design, weights, factor, coefficients, residuals);
    }

    // Z'WZ and Z'Wy in one reading of the covariates.
    private static (double[] Products, double[] Score) FirstRound(
        StandardisedDesign design, double[] outcome, double[] weights, int? threads)
    {
        var q = design.Size;
        var none = new double[q];
        var length = CrossProductTiles.BufferLength(q - 1);
        var sums = RowBlocks.Sum(design.Rows, q + (q * (q + 1) / 2), threads, (start, count, partial) =>
        {
            var rented = ArrayPool<double>.Shared.Rent(length + (3 * RowBlocks.Rows));
            var block = rented.AsSpan(0, length);
            var weight = rented.AsSpan(length, RowBlocks.Rows);
            var weighted = rented.AsSpan(length + RowBlocks.Rows, RowBlocks.Rows);
            weights.AsSpan(start, count).CopyTo(weight);
            weight[count..].Clear();
            design.FillTiles(start, count, none, block, rented.AsSpan(length + (2 * RowBlocks.Rows), RowBlocks.Rows));
            LaneSum.Multiply(weight[..count], outcome.AsSpan(start, count), weighted);
            weighted[count..].Clear();
            var lower = partial[q..];
            partial[0] = LaneSum.Sum(weighted);
            lower[0] = LaneSum.Sum(weight);
            for (int j = 1, at = 1; j < q; j++, at += j)
            {
                var column = block.Slice((j - 1) * RowBlocks.Rows, RowBlocks.Rows);
                partial[j] = LaneSum.Dot(column, weighted);
                lower[at] = LaneSum.Dot(column, weight);
            }

            CrossProductTiles.AddSymmetric(block, q - 1, count, weight, 1, lower);
            ArrayPool<double>.Shared.Return(rented);
        });
        return (StandardisedDesign.Symmetric(sums.AsSpan(q), q), sums[..q]);
    }

    // Residuals after a step, and Z'W times them, in one reading.
    private static double[] Move(StandardisedDesign design, double[] residuals, double[] weights, double[] step, int? threads)
    {
        var q = design.Size;
        return RowBlocks.Sum(design.Rows, q, threads, (start, count, partial) =>
        {
            var rented = ArrayPool<double>.Shared.Rent((q + 1) * count);
            var block = rented.AsSpan(0, q * count);
            var weighted = rented.AsSpan(q * count, count);
            var rows = residuals.AsSpan(start, count);
            design.Fill(start, count, block);
            for (var j = 0; j < q; j++) LaneSum.AddScaled(step[j], block.Slice(j * count, count), rows);
            LaneSum.Multiply(weights.AsSpan(start, count), rows, weighted);
            for (var j = 0; j < q; j++) partial[j] = LaneSum.Dot(block.Slice(j * count, count), weighted);
            ArrayPool<double>.Shared.Return(rented);
        });
    }

    /// <summary>
    /// What estimating the coefficients adds to each row's influence on Σ fᵢ rᵢ: coefficients move by (Z'WZ)⁻¹ zᵢ wᵢ rᵢ for row i, and the
    /// sum moves by −Σ fᵢ zᵢ times that.
    /// </summary>
    public void AddInfluence(double[] factor, Span<double> influence)
    {
        var carried = Carried(factor);
        LaneSum.Multiply(carried, _weights, carried);
        LaneSum.Multiply(carried, Residuals, carried);
        LaneSum.AddScaled(-1, carried, influence);
    }

    /// <summary>zᵢ'(Z'WZ)⁻¹ Σ fⱼ zⱼ for every row.</summary>
    public double[] Carried(double[] factor) => Design.Times(CrossProduct.Solve(Design.TransposedTimes(factor)));

    /// <summary>Leverage wᵢ zᵢ'(Z'WZ)⁻¹ zᵢ of every row.</summary>
    public double[] Leverages(int? threads = null)
    {
        var q = Design.Size;
        var inverse = CrossProduct.Inverse();
        var leverages = new double[Design.Rows];
        RowBlocks.Run(Design.Rows, threads, (start, count) =>
        {
            var rented = ArrayPool<double>.Shared.Rent((q + 1) * count);
            var block = rented.AsSpan(0, q * count);
            var product = rented.AsSpan(q * count, count);
            var rows = leverages.AsSpan(start, count);
            Design.Fill(start, count, block);
            for (var j = 0; j < q; j++)
            {
                product.Clear();
                for (var k = 0; k < q; k++) LaneSum.AddScaled(inverse[(j * q) + k], block.Slice(k * count, count), product);
                LaneSum.Multiply(product, block.Slice(j * count, count), product);
                LaneSum.AddScaled(1, product, rows);
            }

            LaneSum.Multiply(rows, _weights.AsSpan(start, count), rows);
            ArrayPool<double>.Shared.Return(rented);
        });
        return leverages;
    }
}
