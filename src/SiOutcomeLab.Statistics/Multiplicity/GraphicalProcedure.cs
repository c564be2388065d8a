namespace SiOutcomeLab.Statistics.Multiplicity;

/// <summary>
/// Estimand: none; it tests hypotheses that hand their share of the level on when rejected. Fixed sequence, fallback, Holm and parallel
/// gatekeeping are graphs.
/// Formula: hypothesis i starts with the share wᵢ of α; take the j with the smallest pⱼ/wⱼ, its adjusted p is the largest such ratio so
/// far; then wₗ += wⱼ gⱼₗ and gₗₖ = (gₗₖ + gₗⱼ gⱼₖ)/(1 − gₗⱼ gⱼₗ) for the rest, and repeat. Family-wise error under any dependence.
/// Arguments: see <see cref="Adjust"/>. Result: adjusted p-values in [0, 1], in input order. Not estimable when: never.
/// Ties, order, seed: the first of equal ratios is taken; the adjusted p-values do not depend on it.
/// Source: Bretz, Maurer, Brannath and Posch (2009), Statistics in Medicine 28(4), p. 586–604, algorithms 1 and 2.
/// Checked against: in the tests, weighted Bonferroni over all intersections, and Holm and fixed sequence as special graphs.
/// </summary>
public static class GraphicalProcedure
{
    /// <summary>Adjusts p-values.</summary>
    /// <param name="pValues">In [0, 1].</param>
    /// <param name="weights">Share of the level per hypothesis, at least 0, adding up to at most 1.</param>
    /// <param name="transitions">
    /// Row-major: the share of i's level that goes to j when i is rejected, in [0, 1], 0 on the diagonal; rows add up to at most 1.
    /// </param>
    /// <returns>Adjusted p-values in input order.</returns>
    /// <exception cref="ArgumentException">Lengths disagree, or a number is outside of its range.</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues, ReadOnlySpan<double> weights, ReadOnlySpan<double> transitions)
    {
        AdjustedPValues.Guard(pValues);
        var n = pValues.Length;
        RowGuards.SameLength(n, weights.Length, nameof(weights));
        RowGuards.SameLength(n * n, transitions.Length, nameof(transitions));
        GuardShares(weights, nameof(weights));
        for (var i = 0; i < n; i++)
        {
            GuardShares(transitions.Slice(i * n, n), nameof(transitions));
            if (transitions[(i * n) + i] != 0) throw new ArgumentException("A hypothesis hands nothing on to itself.", nameof(transitions));
        }

        var (w, g) = (weights.ToArray(), transitions.ToArray());
        var result = new double[n];
        var open = Enumerable.Repeat(true, n).ToArray();
        var largest = 0.0;
        for (var round = 0; round < n; round++)
        {
            var j = Smallest(pValues, w, open);
            if (j < 0) break;
            largest = Math.Max(largest, Ratio(pValues[j], w[j]));
            result[j] = Math.Min(1, largest);
            open[j] = false;
            (w, g) = HandOn(w, g, open, j);
        }

        for (var i = 0; i < n; i++)
        {
            if (open[i]) result[i] = 1;
        }

        return result;
    }

    private static (double[] Weights, double[] Transitions) HandOn(double[] w, double[] g, bool[] open, int j)
    {
        var n = w.Length;
        var (weights, transitions) = (new double[n], new double[n * n]);
        for (var l = 0; l < n; l++)
        {
            if (!open[l]) continue;
            weights[l] = w[l] + (w[j] * g[(j * n) + l]);
            var loop = g[(l * n) + j] * g[(j * n) + l];
            for (var k = 0; k < n; k++)
            {
                if (open[k] && k != l && loop < 1)
                {
                    transitions[(l * n) + k] = (g[(l * n) + k] + (g[(l * n) + j] * g[(j * n) + k])) / (1 - loop);
                }
            }
        }

        return (weights, transitions);
    }

    private static int Smallest(ReadOnlySpan<double> p, double[] w, bool[] open)
    {
        var best = -1;
        for (var i = 0; i < w.Length; i++)
        {
            if (open[i] && w[i] > 0 && (best < 0 || Ratio(p[i], w[i]) < Ratio(p[best], w[best]))) best = i;
        }

        return best;
    }

    private static double Ratio(double p, double w) => p / w;

    private static void GuardShares(ReadOnlySpan<double> shares, string name)
    {
        var sum = 0.0;
        for (var i = 0; i < shares.Length; i++)
        {
            if (shares[i] is not (>= 0 and <= 1)) throw new ArgumentException($"The share of hypothesis {i} is not in [0, 1].", name);
            sum += shares[i];
        }

        if (sum > 1 + 1e-12) throw new ArgumentException("Shares add up to more than 1.", name);
    }
}
