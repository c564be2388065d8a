namespace SiOutcomeLab.Statistics.Panel;

/// <summary>The guards of panel estimators.</summary>
internal static class PanelGuards
{
    /// <summary>A copy of the weights, or ones when none are given.</summary>
    public static double[] Weights(ReadOnlySpan<double> weights, int rows)
    {
        if (weights.IsEmpty)
        {
            var ones = new double[rows];
            Array.Fill(ones, 1);
            return ones;
        }

        RowGuards.SameLength(rows, weights.Length, nameof(weights));
        for (var i = 0; i < rows; i++)
        {
            if (!(weights[i] > 0 && double.IsFinite(weights[i])))
            {
                throw new ArgumentException($"'{nameof(weights)}' is not a positive number in row {i}; leave such rows out beforehand.", nameof(weights));
            }
        }

        return weights.ToArray();
    }
}
