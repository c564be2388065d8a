namespace SiOutcomeLab.Statistics.Balance;

/// <summary>Squares and products of covariates, as columns after the covariates themselves.</summary>
internal static class BalanceTerms
{
    public static DesignMatrix Added(DesignMatrix x, BalanceOptions options)
    {
        List<(string Name, double[] Values)> terms = [];
        for (var j = 0; options.Squares && j < x.Columns; j++)
        {
            if (x.Kinds[j] == ColumnKind.Continuous) terms.Add(($"{x.Names[j]}²", Product(x.Column(j), x.Column(j))));
        }

        for (var j = 0; options.Interactions && j < x.Columns; j++)
        {
            for (var k = j + 1; k < x.Columns; k++)
            {
                var product = Product(x.Column(j), x.Column(k));
                if (product.AsSpan().ContainsAnyExcept(product.FirstOrDefault())) terms.Add(($"{x.Names[j]} * {x.Names[k]}", product));
            }
        }

        return terms.Count == 0 ? x : x.With(terms);
    }

    private static double[] Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var product = new double[a.Length];
        LinearAlgebra.LaneSum.Multiply(a, b, product);
        return product;
    }
}
