namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Comparison rows weighted by how near they are to treated rows; each may count for many, so there are no sets.</summary>
public sealed class MatchedWeights : MatchedRows
{
    internal MatchedWeights(string method, double[] weights)
        : base(method, Estimand.Treated, weights, [])
    {
    }

    /// <summary>The bandwidth or radius used, in the unit of the measure.</summary>
    public required double Bandwidth { get; init; }
}
