using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>
/// Rows among which treatment is exchanged. Scores are outcomes less the stratum's mean, scaled so that their sum over treated rows is the
/// stratum's part of the difference; over all rows they add up to 0, so the smaller arm alone tells the difference.
/// </summary>
internal sealed record PermutationStratum(double[] Scores, int Treated, double Observed)
{
    /// <summary>Strata with both arms, in the order of their first row.</summary>
    public static PermutationStratum[] Of(ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, ReadOnlySpan<int> strata)
    {
        var groups = new Dictionary<int, List<int>>();
        List<List<int>> ordered = [];
        for (var i = 0; i < outcome.Length; i++)
        {
            var code = strata.IsEmpty ? 0 : strata[i];
            if (code < 0) continue;
            if (!groups.TryGetValue(code, out var rows))
            {
                groups.Add(code, rows = []);
                ordered.Add(rows);
            }

            rows.Add(i);
        }

        var arms = treated.ToArray();
        var all = ordered.Where(rows => rows.Exists(i => arms[i]) && rows.Exists(i => !arms[i])).ToArray();
        var treatedInAll = all.Sum(rows => rows.Count(i => arms[i]));
        var result = new PermutationStratum[all.Length];
        for (var g = 0; g < all.Length; g++)
        {
            var rows = all[g];
            var own = rows.Count(i => arms[i]);
            var (mean, observed) = (0.0, 0.0);
            // From the first row's outcome, so that equal outcomes have exactly no score.
            var origin = outcome[rows[0]];
            foreach (var i in rows) mean += (outcome[i] - origin) / rows.Count;
            var scores = new double[rows.Count];
            var factor = rows.Count / ((double)treatedInAll * (rows.Count - own));
            for (var k = 0; k < scores.Length; k++)
            {
                scores[k] = factor * (outcome[rows[k]] - origin - mean);
                if (arms[rows[k]]) observed += scores[k];
            }

            result[g] = new PermutationStratum(scores, own, observed);
        }

        return result;
    }

    /// <summary>Number of arrangements over all strata; infinite beyond a double's range.</summary>
    public static double Arrangements(PermutationStratum[] groups)
    {
        var product = 1.0;
        foreach (var group in groups)
        {
            var smaller = Math.Min(group.Treated, group.Scores.Length - group.Treated);
            for (var k = 1; k <= smaller; k++) product *= (group.Scores.Length - smaller + k) / (double)k;
        }

        return product;
    }

    /// <summary>The difference in every arrangement.</summary>
    public static double[] All(PermutationStratum[] groups)
    {
        double[] sums = [0];
        foreach (var group in groups)
        {
            List<double> own = [];
            group.Choose(0, group.Treated, 0, own);
            var next = new double[sums.Length * own.Count];
            for (var i = 0; i < sums.Length; i++)
            {
                for (var j = 0; j < own.Count; j++) next[(i * own.Count) + j] = sums[i] + own[j];
            }

            sums = next;
        }

        return sums;
    }

    /// <summary>The stratum's part of the difference in one drawn arrangement.</summary>
    /// <param name="random">The draw's generator.</param>
    /// <param name="scores">A copy of the scores; reordered.</param>
    public double Draw(ReplicateRandom random, double[] scores)
    {
        var comparison = scores.Length - Treated;
        var picked = Math.Min(Treated, comparison);
        var sum = 0.0;
        for (var k = 0; k < picked; k++)
        {
            var at = k + random.Below(scores.Length - k);
            (scores[k], scores[at]) = (scores[at], scores[k]);
            sum += scores[k];
        }

        return picked == Treated ? sum : -sum;
    }

    private void Choose(int from, int left, double sum, List<double> sums)
    {
        if (left == 0)
        {
            sums.Add(sum);
            return;
        }

        for (var i = from; i <= Scores.Length - left; i++) Choose(i + 1, left - 1, sum + Scores[i], sums);
    }
}
