using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>A start and trees, added in order: the same bytes as while they were grown.</summary>
internal sealed class TreeSum(double start, IReadOnlyList<RegressionTree> trees, int threads)
{
    /// <summary>Log odds further out would round to a certainty.</summary>
    public const double Largest = 36;

    private readonly RegressionTree.Node[][] _trees = [.. trees.Select(tree => tree.Flat())];

    /// <summary>Log odds of any rows.</summary>
    public double[] LogOdds(DesignMatrix x)
    {
        var logOdds = new double[x.Rows];
        RowBlocks.Run(x.Rows, threads, (first, count) =>
        {
            var rows = new double[count * x.Columns];
            for (var i = 0; i < count; i++) x.CopyRow(first + i, rows.AsSpan(i * x.Columns, x.Columns));
            var sums = logOdds.AsSpan(first, count);
            sums.Fill(start);
            foreach (var nodes in _trees)
            {
                for (var i = 0; i < count; i++) sums[i] += Value(nodes, rows.AsSpan(i * x.Columns, x.Columns));
            }

            Bound(sums);
        });
        return logOdds;
    }

    public static void Bound(Span<double> logOdds)
    {
        foreach (ref var value in logOdds) value = Math.Clamp(value, -Largest, Largest);
    }

    private static double Value(RegressionTree.Node[] nodes, ReadOnlySpan<double> row)
    {
        ref readonly var node = ref nodes[0];
        while (node.Left != 0) node = ref nodes[node.Left + (row[node.Column] <= node.Threshold ? 0 : 1)];
        return node.Value;
    }
}
