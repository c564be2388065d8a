namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>Smallest and largest value of a column in each arm; a range without rows is from +∞ to −∞.</summary>
/// <param name="Treated">Among treated rows.</param>
/// <param name="Comparison">Among comparison rows.</param>
internal readonly record struct ColumnRanges((double Low, double High) Treated, (double Low, double High) Comparison)
{
    public static ColumnRanges Of(ReadOnlySpan<double> column, ReadOnlySpan<bool> treated)
    {
        var (lowTreated, highTreated) = (double.PositiveInfinity, double.NegativeInfinity);
        var (lowOther, highOther) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < column.Length; i++)
        {
            var value = column[i];
            if (treated[i])
            {
                if (value < lowTreated) lowTreated = value;
                if (value > highTreated) highTreated = value;
            }
            else
            {
                if (value < lowOther) lowOther = value;
                if (value > highOther) highOther = value;
            }
        }

        return new ColumnRanges((lowTreated, highTreated), (lowOther, highOther));
    }
}
