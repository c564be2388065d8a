using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Which units vary together; without clusters each unit stands alone.</summary>
internal sealed class UnitClusters
{
    private readonly int[]? _index;

    public UnitClusters(int units, int[]? clusters)
    {
        Count = units;
        if (clusters is null) return;
        var numbers = new Dictionary<int, int>();
        _index = [.. clusters.Select(cluster => numbers.TryGetValue(cluster, out var number) ? number : numbers[cluster] = numbers.Count)];
        Count = numbers.Count;
    }

    public int Count { get; }

    public StandardErrorType Type => _index is null ? StandardErrorType.MEstimation : StandardErrorType.ClusteredMEstimation;

    /// <summary>Degrees of freedom of the t distribution: clusters − 1; infinite without clusters.</summary>
    public double DegreesOfFreedom => _index is null ? double.PositiveInfinity : Count - 1;

    /// <summary>Influence per cluster; the given array itself without clusters.</summary>
    public double[] Sum(double[] influence)
    {
        if (_index is null) return influence;
        var sums = new double[Count];
        for (var i = 0; i < influence.Length; i++) sums[_index[i]] += influence[i];
        return sums;
    }

    public double StandardError(double[] influence)
    {
        var sums = Sum(influence);
        return Math.Sqrt(LaneSum.Dot(sums, sums));
    }
}
