namespace SiOutcomeLab.Statistics;

/// <summary>The guards that every estimator puts before its arithmetic.</summary>
internal static class RowGuards
{
    public static void SameLength(int expected, int actual, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"'{name}' has {actual} rows where {expected} are expected.", name);
        }
    }

    public static void Finite(ReadOnlySpan<double> values, string name)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"'{name}' is NaN or infinite in row {i}; leave such rows out beforehand.", name);
            }
        }
    }

    public static void NotNegative(ReadOnlySpan<double> values, string name)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < 0) throw new ArgumentException($"'{name}' is negative in row {i}.", name);
        }
    }

    public static void Level(double level)
    {
        if (level is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies between 0 and 1.");
        }
    }

    /// <summary>The refusal for a sample with an empty arm, or null.</summary>
    public static (NotEstimableReason Reason, string Detail)? EmptyArm(ReadOnlySpan<bool> treated)
    {
        var count = treated.Count(true);
        if (count == 0) return (NotEstimableReason.NoTreated, $"None of {treated.Length} rows is treated.");
        if (count == treated.Length) return (NotEstimableReason.NoComparison, $"All {count} rows are treated.");
        return null;
    }
}
