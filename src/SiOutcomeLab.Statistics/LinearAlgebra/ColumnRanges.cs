namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>Smallest and largest value of each column among the rows added.</summary>
internal sealed class ColumnRanges
{
    public ColumnRanges(int columns)
    {
        Low = new double[columns];
        High = new double[columns];
        Array.Fill(Low, double.PositiveInfinity);
        Array.Fill(High, double.NegativeInfinity);
    }

    public double[] Low { get; }

    public double[] High { get; }

    public void Add(ReadOnlySpan<double> row)
    {
        for (var j = 0; j < row.Length; j++)
        {
            if (row[j] < Low[j]) Low[j] = row[j];
            if (row[j] > High[j]) High[j] = row[j];
        }
    }
}
