namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>A tree of log odds: nodes in the order in which they were made, siblings side by side.</summary>
internal sealed class RegressionTree
{
    private readonly List<Node> _nodes = [default];

    public int Count => _nodes.Count;

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Divides a leaf.</summary>
    /// <returns>The left child's number; the right one's is the next.</returns>
    public int Divide(int node, Split split, double threshold)
    {
        var left = _nodes.Count;
        _nodes[node] = new Node(split.Column, split.Bin, threshold, left, 0, split.Gain);
        _nodes.Add(default);
        _nodes.Add(default);
        return left;
    }

    public void SetLeaf(int node, double value) => _nodes[node] = new Node(0, 0, 0, 0, value, 0);

    /// <summary>The nodes for many look-ups.</summary>
    public Node[] Flat() => [.. _nodes];

    /// <summary>A leaf when <paramref name="Left"/> is 0.</summary>
    internal readonly record struct Node(int Column, byte Bin, double Threshold, int Left, double Value, double Gain);
}
