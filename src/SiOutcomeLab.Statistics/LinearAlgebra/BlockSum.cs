namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// Sums over many rows on one thread: blocks in fixed lanes, blocks together with their rounding error carried along. Good to some 32
/// units in the last place of Σ|terms| for any number of rows.
/// </summary>
internal static class BlockSum
{
    /// <summary>Σ a².</summary>
    public static double Squares(ReadOnlySpan<double> a)
    {
        CompensatedSum sum = default;
        for (var start = 0; start < a.Length; start += RowBlocks.Rows)
        {
            var block = a.Slice(start, Math.Min(RowBlocks.Rows, a.Length - start));
            sum.Add(LaneSum.Dot(block, block));
        }

        return sum.Value;
    }

    /// <summary>Arms as numbers: 1 for treated rows and 0 for comparison rows.</summary>
    public static void Indicate(ReadOnlySpan<bool> treated, Span<double> indicator)
    {
        for (var i = 0; i < treated.Length; i++) indicator[i] = treated[i] ? 1.0 : 0.0;
    }
}
