namespace SiOutcomeLab.Statistics.Matching;

/// <summary>What a walk through a <see cref="RowTree"/> looks for.</summary>
internal interface INeighbourSink
{
    /// <summary>Squared distance beyond which nothing is wanted any more.</summary>
    double Limit { get; }

    /// <summary>Takes a row within the limit and the calipers.</summary>
    void Offer(double square, long key, int row);
}
