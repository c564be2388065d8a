namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>
/// Higher moments and products as columns beside the covariates. They are taken about the sample mean: as the covariates are balanced
/// too, that balances the same quantities, and keeps the columns apart from each other.
/// </summary>
internal static class BalancedTerms
{
    public static DesignMatrix Added(DesignMatrix x, EntropyBalancingOptions options)
    {
        List<(string Name, double[] Values)> terms = [];
        for (var power = 2; power <= options.Moments; power++)
        {
            for (var j = 0; j < x.Columns; j++)
            {
                if (x.Kinds[j] == ColumnKind.Continuous) terms.Add((x.Names[j] + (power == 2 ? "²" : "³"), Power(Centred(x, j), power)));
            }
        }

        foreach (var (first, second) in options.Interactions)
        {
            var product = Centred(x, Column(x, first));
            LinearAlgebra.LaneSum.Multiply(product, Centred(x, Column(x, second)), product);
            terms.Add(($"{first} * {second}", product));
        }

        return terms.Count == 0 ? x : x.With(terms);
    }

    private static int Column(DesignMatrix x, string name)
    {
        for (var j = 0; j < x.Columns; j++)
        {
            if (x.Names[j] == name) return j;
        }

        throw new ArgumentException($"There is no covariate '{name}' to take a product of.", nameof(x));
    }

    // In units of the largest distance from the mean, so that cubes stay in range.
    private static double[] Centred(DesignMatrix x, int column)
    {
        var values = x.Column(column).ToArray();
        var mean = LinearAlgebra.LaneSum.Sum(values) / values.Length;
        var largest = 0.0;
        foreach (var value in values) largest = Math.Max(largest, Math.Abs(value - mean));
        if (largest > 0) LinearAlgebra.LaneSum.Shift(values, mean, 1 / largest, values);
        return values;
    }

    private static double[] Power(double[] values, int power)
    {
        var result = (double[])values.Clone();
        for (var k = 1; k < power; k++) LinearAlgebra.LaneSum.Multiply(result, values, result);
        return result;
    }
}
