namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>
/// Which rows, or how much of a weight, inverse-propensity weighting does without. The first three leave rows out, so that the effect
/// holds for another group (<see cref="Estimand.Trimmed"/>); truncation keeps the group and buys a smaller variance with some bias.
/// Cuts count as known in standard errors: the share of rows that a slightly different score would move across them is ignored.
/// Sources: Crump, Hotz, Imbens and Mitnik (2009), Biometrika 96(1), p. 187–199; Stürmer, Rothman, Avorn and Glynn (2010), American
/// Journal of Epidemiology 172(7), p. 843–854; truncation: Cole and Hernán (2008), American Journal of Epidemiology 168(6), p. 656–664.
/// </summary>
public sealed record PropensityTrimming
{
    private enum Rule
    {
        Range,
        Optimal,
        Percentiles,
        Truncation
    }

    private readonly Rule _rule;
    private readonly double _low;
    private readonly double _high;

    private PropensityTrimming(Rule rule, double low, double high) => (_rule, _low, _high) = (rule, low, high);

    /// <summary>True when rows are left out; false when weights are truncated.</summary>
    public bool LeavesRowsOut => _rule != Rule.Truncation;

    /// <summary>Keeps scores strictly between two bounds; 0.1 and 0.9 are Crump's rule of thumb.</summary>
    /// <param name="low">At least 0.</param>
    /// <param name="high">Above <paramref name="low"/>, at most 1.</param>
    /// <returns>The rule.</returns>
    public static PropensityTrimming Range(double low = 0.1, double high = 0.9)
    {
        var sound = low >= 0 && high > low && high <= 1;
        if (!sound) throw new ArgumentOutOfRangeException(nameof(low), low, "0 ≤ low < high ≤ 1 is needed.");
        return new PropensityTrimming(Rule.Range, low, high);
    }

    /// <summary>Crump's optimal symmetric cut: the scores for which the average effect can be estimated with the least variance.</summary>
    /// <returns>The rule.</returns>
    public static PropensityTrimming Optimal() => new(Rule.Optimal, 0, 1);

    /// <summary>
    /// Stürmer's asymmetric cut: keeps scores from a percentile of the treated's to the mirrored percentile of the comparison rows'.
    /// </summary>
    /// <param name="share">Share of each arm treated most against its score, in (0, 0.5).</param>
    /// <returns>The rule.</returns>
    public static PropensityTrimming Percentiles(double share = 0.05)
    {
        if (share is not (> 0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share in (0, 0.5) is needed.");
        return new PropensityTrimming(Rule.Percentiles, share, 1 - share);
    }

    /// <summary>
    /// Sets weights above their quantile to that quantile; over all rows, or over the arm that is weighted when the other one has weight 1.
    /// </summary>
    /// <param name="quantile">In (0.5, 1).</param>
    /// <returns>The rule.</returns>
    public static PropensityTrimming Truncation(double quantile = 0.99)
    {
        if (quantile is not (> 0.5 and < 1)) throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "It lies in (0.5, 1).");
        return new PropensityTrimming(Rule.Truncation, 0, quantile);
    }

    /// <summary>Leaves rows out or truncates, in place; what was done, in words.</summary>
    /// <param name="scores">Propensity scores.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="focal">The arm whose rows all have the same weight, or null.</param>
    /// <param name="weights">Changed in place.</param>
    /// <param name="gradient">Set to 0 where a weight no longer moves with the score; null when nobody asks.</param>
    internal string Apply(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> treated, bool? focal, double[] weights, double[]? gradient) =>
        _rule == Rule.Truncation ? Truncate(treated, focal, weights, gradient) : Keep(scores, treated, weights, gradient);

    private static string Words(double low, double high, bool inclusive) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"scores in {(inclusive ? '[' : '(')}{low:0.####}, {high:0.####}{(inclusive ? ']' : ')')}");

    // Linear interpolation between order statistics, R's type 7.
    private static double Quantile(double[] sorted, double share)
    {
        var at = (sorted.Length - 1) * share;
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private string Truncate(ReadOnlySpan<bool> treated, bool? focal, double[] weights, double[]? gradient)
    {
        var cap = Quantile(focal is { } arm ? Sorted(weights, treated, !arm) : Sorted(weights), _high);
        var count = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= cap || treated[i] == focal) continue;
            count++;
            weights[i] = cap;
            if (gradient is not null) gradient[i] = 0;
        }

        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count} weights truncated at quantile {_high:0.####}");
    }

    private string Keep(ReadOnlySpan<double> scores, ReadOnlySpan<bool> treated, double[] weights, double[]? gradient)
    {
        var (low, high, inclusive) = _rule switch
        {
            Rule.Range => (_low, _high, false),
            Rule.Optimal => OptimalCut(scores),
            _ => (Quantile(Sorted(scores, treated, true), _low), Quantile(Sorted(scores, treated, false), _high), true)
        };
        for (var i = 0; i < weights.Length; i++)
        {
            if ((scores[i] > low && scores[i] < high) || (inclusive && (scores[i] == low || scores[i] == high))) continue;
            weights[i] = 0;
            if (gradient is not null) gradient[i] = 0;
        }

        return Words(low, high, inclusive);
    }

    // The largest set {g ≤ γ}, g = 1/(e(1 − e)), with γ ≤ 2 E[g | g ≤ γ] (Crump et al. 2009, theorem 1 and p. 192).
    private static (double Low, double High, bool Inclusive) OptimalCut(ReadOnlySpan<double> scores)
    {
        var g = new double[scores.Length];
        for (var i = 0; i < g.Length; i++) g[i] = 1 / (scores[i] * (1 - scores[i]));
        Array.Sort(g);
        double sum = 0, bound = double.NaN;
        for (var i = 0; i < g.Length; i++)
        {
            sum += g[i];
            var next = i + 1 < g.Length ? g[i + 1] : double.PositiveInfinity;
            // Between this value and the next the conditional mean stands still, so γ = 2 E is met there or not at all.
            if (2 * sum / (i + 1) is var twice && twice >= g[i] && twice < next) bound = twice;
        }

        // Twice the mean above every value: all scores are kept.
        if (!(bound < g[^1])) return (0, 1, true);
        var low = 0.5 - Math.Sqrt(0.25 - (1 / bound));
        return (low, 1 - low, true);
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static double[] Sorted(ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, bool arm)
    {
        var kept = new double[treated.Count(arm)];
        for (int i = 0, at = 0; i < values.Length; i++)
        {
            if (treated[i] == arm) kept[at++] = values[i];
        }

        Array.Sort(kept);
        return kept;
    }
}
