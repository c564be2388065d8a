namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Keeps the nearest rows of a walk in a list.</summary>
internal readonly struct ListSink(NeighbourList list) : INeighbourSink
{
    public double Limit => list.Worst;

    public void Offer(double square, long key, int row) => list.Offer(square, key, row);
}
