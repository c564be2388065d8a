using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>Sums of influence values within clusters, and the variance that follows.</summary>
/// <param name="Variance">Σ over clusters of the squared sum.</param>
/// <param name="Clusters">Number of clusters with a used row.</param>
internal readonly record struct ClusterSums(double Variance, int Clusters)
{
    /// <summary>Each row its own cluster when <paramref name="clusters"/> is empty.</summary>
    public static ClusterSums Of(ReadOnlySpan<double> influence, ReadOnlySpan<double> weights, ReadOnlySpan<int> clusters)
    {
        CompensatedSum variance = default;
        if (clusters.IsEmpty)
        {
            foreach (var value in influence) variance.Add(value * value);
            return new ClusterSums(variance.Value, influence.Length - weights.Count(0.0));
        }

        var sums = new Dictionary<int, double>();
        for (var i = 0; i < influence.Length; i++)
        {
            if (weights[i] == 0) continue;
            sums[clusters[i]] = sums.GetValueOrDefault(clusters[i]) + influence[i];
        }

        foreach (var sum in sums.Values) variance.Add(sum * sum);
        return new ClusterSums(variance.Value, sums.Count);
    }
}
