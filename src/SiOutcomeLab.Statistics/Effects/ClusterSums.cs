using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>Sums of influence values within clusters, and the variance that follows.</summary>
/// <param name="Variance">Σ over clusters of the squared sum.</param>
/// <param name="Clusters">Number of clusters with a used row.</param>
internal readonly record struct ClusterSums(double Variance, int Clusters)
{
    /// <summary>
    /// Each row its own cluster when <paramref name="clusters"/> is empty. Rows without weight count in the variance, since a model may
    /// have learned from them, but make no cluster of their own.
    /// </summary>
    public static ClusterSums Of(ReadOnlySpan<double> influence, ReadOnlySpan<double> weights, ReadOnlySpan<int> clusters)
    {
        if (clusters.IsEmpty) return new ClusterSums(BlockSum.Squares(influence), influence.Length - weights.Count(0.0));

        var codes = Codes(clusters, out var count);
        var sums = new double[count];
        var used = new bool[count];
        for (var i = 0; i < influence.Length; i++)
        {
            sums[codes[i]] += influence[i];
            used[codes[i]] |= weights[i] != 0;
        }

        return new ClusterSums(BlockSum.Squares(sums), used.Count(u => u));
    }

    // Ids as positions: less the smallest where they lie close together, numbered as met otherwise.
    private static ReadOnlySpan<int> Codes(ReadOnlySpan<int> clusters, out int count)
    {
        var (low, high) = (int.MaxValue, int.MinValue);
        foreach (var cluster in clusters) (low, high) = (Math.Min(low, cluster), Math.Max(high, cluster));
        var codes = new int[clusters.Length];
        if ((long)high - low < 4L * clusters.Length)
        {
            for (var i = 0; i < codes.Length; i++) codes[i] = clusters[i] - low;
            count = high - low + 1;
            return codes;
        }

        var seen = new Dictionary<int, int>();
        for (var i = 0; i < codes.Length; i++)
        {
            if (!seen.TryGetValue(clusters[i], out codes[i]))
            {
                codes[i] = seen.Count;
                seen.Add(clusters[i], codes[i]);
            }
        }

        count = seen.Count;
        return codes;
    }
}
