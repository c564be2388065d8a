namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Arcs of a flow network as they are added.</summary>
internal sealed class FlowArcs
{
    private readonly List<int> _source = [];
    private readonly List<int> _target = [];
    private readonly List<int> _capacity = [];
    private readonly List<long> _cost = [];

    public int Count => _source.Count;

    public void Add(int source, int target, int capacity, long cost)
    {
        _source.Add(source);
        _target.Add(target);
        _capacity.Add(capacity);
        _cost.Add(cost);
    }

    public void CopyTo(int[] source, int[] target, int[] capacity, long[] cost)
    {
        _source.CopyTo(source);
        _target.CopyTo(target);
        _capacity.CopyTo(capacity);
        _cost.CopyTo(cost);
    }
}
