namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>
/// The bins of a block of neighbouring rows, both ways round: by row for histograms, by column for dividing rows. A block's working set
/// fits the second cache, and its rows are numbered by 16 bits.
/// </summary>
internal sealed class BinnedBlock
{
    /// <summary>Most rows in a block.</summary>
    public const int Rows = 65_536;

    public BinnedBlock(DesignMatrix x, int start, double[][] cuts)
    {
        (Start, Count) = (start, Math.Min(Rows, x.Rows - start));
        var columns = cuts.Length;
        ByColumn = new byte[Count * columns];
        ByRow = new byte[Count * columns];
        for (var j = 0; j < columns; j++)
        {
            var values = x.Column(j).Slice(start, Count);
            var bins = ByColumn.AsSpan(j * Count, Count);
            for (var i = 0; i < bins.Length; i++)
            {
                bins[i] = ColumnCuts.Bin(values[i], cuts[j]);
                ByRow[(i * columns) + j] = bins[i];
            }
        }
    }

    /// <summary>First row.</summary>
    public int Start { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    public byte[] ByRow { get; }

    public byte[] ByColumn { get; }

    /// <summary>One column's bins.</summary>
    public ReadOnlySpan<byte> Column(int column) => ByColumn.AsSpan(column * Count, Count);
}
