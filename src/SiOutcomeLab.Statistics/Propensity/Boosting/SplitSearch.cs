namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>
/// The best split of a node: most of G_L²/(H_L + λ) + G_R²/(H_R + λ) − G²/(H + λ), both children with enough information; of equal gains
/// the first column's, and of that the lowest bin.
/// </summary>
internal sealed class SplitSearch(BoostingOptions options, double gradientUnit, double informationUnit)
{
    // Below this a gain is rounding; XGBoost's constant.
    private const double Nothing = 1e-6;

    // A Newton step that leads further says only that the expansion does not hold there.
    private const double LongestStep = 10;

    /// <summary>The shrunken Newton step −η G/(H + λ).</summary>
    public double Leaf(NodeSums sums)
    {
        if (sums.Gradient == 0) return 0;
        var step = -sums.Gradient * gradientUnit / ((sums.Information * informationUnit) + options.Lambda);
        return options.LearningRate * Math.Clamp(step, -LongestStep, LongestStep);
    }

    /// <summary>The best split, or null when none gains enough.</summary>
    /// <param name="sums">The node's histogram.</param>
    /// <param name="offsets">Where each column's first pair of sums stands.</param>
    /// <param name="columns">The columns to look at, rising.</param>
    /// <param name="node">The node's sums.</param>
    public Split? Best(ReadOnlySpan<long> sums, ReadOnlySpan<nint> offsets, ReadOnlySpan<int> columns, NodeSums node)
    {
        var (best, most) = (default(Split), double.NegativeInfinity);
        foreach (var column in columns)
        {
            var from = (int)offsets[column];
            var histogram = sums[from..(column + 1 < offsets.Length ? (int)offsets[column + 1] : sums.Length)];
            var (gradient, information) = (0L, 0L);
            for (var at = 0; at < histogram.Length - 2; at += 2)
            {
                gradient += histogram[at];
                information += histogram[at + 1];
                var right = node.Information - information;
                if (information <= 0 || information * informationUnit < options.MinimumChildWeight) continue;
                if (right <= 0 || right * informationUnit < options.MinimumChildWeight) break;
                var gain = Score(gradient, information) + Score(node.Gradient - gradient, right);
                if (gain <= most) continue;
                (most, best) = (gain, new Split(column, (byte)(at / 2), gain, new NodeSums(gradient, information)));
            }
        }

        var total = most - Score(node.Gradient, node.Information);
        return total > Nothing && total >= options.Gamma ? best with { Gain = total } : null;
    }

    private double Score(long gradient, long information)
    {
        var g = gradient * gradientUnit;
        return g * g / ((information * informationUnit) + options.Lambda);
    }
}
