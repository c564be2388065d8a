namespace SiOutcomeLab.Statistics.Tests;

/// <summary>A design matrix row by row, as slow witnesses read it.</summary>
internal static class DesignRows
{
    public static double[] Row(this DesignMatrix x, int row)
    {
        var values = new double[x.Columns];
        x.CopyRow(row, values);
        return values;
    }

    /// <summary>All values, row after row.</summary>
    public static double[] RowMajor(this DesignMatrix x) => [.. Enumerable.Range(0, x.Rows).SelectMany(x.Row)];
}
