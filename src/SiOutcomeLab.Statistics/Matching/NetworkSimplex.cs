namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// Minimum-cost flow by the primal network simplex method with a strongly feasible tree, in whole numbers throughout: supplies, capacities
/// and costs are integers, so the optimum is exact and its potentials prove it: no arc with room has a negative reduced cost
/// (Ahuja, Magnanti and Orlin 1993, Network Flows, ch. 11).
/// </summary>
internal sealed class NetworkSimplex
{
    private const sbyte AtUpper = -1;
    private const sbyte InTree = 0;
    private const sbyte AtLower = 1;
    private const int NoBound = int.MaxValue;

    private readonly int _nodes;
    private readonly int _arcs;
    private readonly int[] _source;
    private readonly int[] _target;
    private readonly int[] _capacity;
    private readonly int[] _flow;
    private readonly long[] _cost;
    private readonly sbyte[] _state;
    private readonly long[] _potential;

    // The tree: parent, the arc to it and whether that arc points to the parent, and each node's children as a linked list.
    private readonly int[] _parent;
    private readonly int[] _arc;
    private readonly bool[] _up;
    private readonly int[] _depth;
    private readonly int[] _child;
    private readonly int[] _nextSibling;
    private readonly int[] _previousSibling;
    private readonly int _blockSize;
    private readonly Stack<int> _waiting = new();
    private int _next;

    private NetworkSimplex(int nodes, FlowArcs arcs, ReadOnlySpan<int> supply)
    {
        (_nodes, _arcs) = (nodes, arcs.Count);
        var all = _arcs + nodes;
        (_source, _target, _capacity, _cost) = (new int[all], new int[all], new int[all], new long[all]);
        arcs.CopyTo(_source, _target, _capacity, _cost);
        (_flow, _state) = (new int[all], new sbyte[all]);
        _potential = new long[nodes + 1];
        (_parent, _arc, _up, _depth) = (new int[nodes + 1], new int[nodes + 1], new bool[nodes + 1], new int[nodes + 1]);
        (_child, _nextSibling, _previousSibling) = (new int[nodes + 1], new int[nodes + 1], new int[nodes + 1]);
        _blockSize = Math.Max(16, (int)Math.Sqrt(_arcs));
        Start(supply);
    }

    /// <summary>Flow of each arc, in the order in which arcs were added.</summary>
    public int[] Flow => _flow[.._arcs];

    /// <summary>Node potentials: cost + potential of the source − potential of the target is the reduced cost.</summary>
    public long[] Potentials => _potential[.._nodes];

    /// <summary>Solves; null when the supplies cannot be sent.</summary>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="arcs">The arcs; costs at least 0, with the largest times the number of nodes under 2⁶⁰.</param>
    /// <param name="supply">Supply per node, negative for demand, adding up to 0.</param>
    public static NetworkSimplex? Solve(int nodes, FlowArcs arcs, ReadOnlySpan<int> supply)
    {
        var simplex = new NetworkSimplex(nodes, arcs, supply);
        while (simplex.Entering() is >= 0 and var entering) simplex.Pivot(entering);
        for (var a = simplex._arcs; a < simplex._flow.Length; a++)
        {
            if (simplex._flow[a] != 0) return null;
        }

        return simplex;
    }

    // All supply goes to the root and comes from it, over arcs too dear to be kept.
    private void Start(ReadOnlySpan<int> supply)
    {
        var root = _nodes;
        var dear = 1L;
        for (var a = 0; a < _arcs; a++)
        {
            dear = Math.Max(dear, _cost[a] + 1);
            _state[a] = AtLower;
        }

        dear *= _nodes + 1;
        Array.Fill(_child, -1);
        (_parent[root], _arc[root]) = (-1, -1);
        for (var u = 0; u < _nodes; u++)
        {
            var a = _arcs + u;
            _capacity[a] = NoBound;
            _up[u] = supply[u] >= 0;
            (_source[a], _target[a]) = _up[u] ? (u, root) : (root, u);
            (_flow[a], _cost[a]) = (Math.Abs(supply[u]), _up[u] ? 0 : dear);
            _potential[u] = _up[u] ? 0 : dear;
            (_arc[u], _depth[u]) = (a, 1);
            Attach(u, root);
        }
    }

    // The worst arc of a block that has one; blocks take turns.
    private int Entering()
    {
        var (worst, found) = (0L, -1);
        var inBlock = _blockSize;
        for (var k = 0; k < _arcs; k++)
        {
            var a = _next;
            if (++_next == _arcs) _next = 0;
            var reduced = _state[a] * (_cost[a] + _potential[_source[a]] - _potential[_target[a]]);
            if (reduced < worst) (worst, found) = (reduced, a);
            if (--inBlock > 0) continue;
            if (found >= 0) return found;
            inBlock = _blockSize;
        }

        return found;
    }

    private void Pivot(int entering)
    {
        var (first, second) = _state[entering] == AtLower
            ? (_source[entering], _target[entering])
            : (_target[entering], _source[entering]);
        var join = Join(first, second);
        var (room, leaving, onFirst) = (_capacity[entering], -1, false);
        // Among arcs that block first the last one along the cycle leaves: the tree stays strongly feasible and cannot cycle.
        for (var u = first; u != join; u = _parent[u])
        {
            var rest = _up[u] ? _flow[_arc[u]] : Rest(_arc[u]);
            if (rest < room) (room, leaving, onFirst) = (rest, u, true);
        }

        for (var u = second; u != join; u = _parent[u])
        {
            var rest = _up[u] ? Rest(_arc[u]) : _flow[_arc[u]];
            if (rest <= room) (room, leaving, onFirst) = (rest, u, false);
        }

        if (room > 0)
        {
            _flow[entering] += _state[entering] * room;
            for (var u = first; u != join; u = _parent[u]) _flow[_arc[u]] += _up[u] ? -room : room;
            for (var u = second; u != join; u = _parent[u]) _flow[_arc[u]] += _up[u] ? room : -room;
        }

        if (leaving < 0)
        {
            _state[entering] = (sbyte)-_state[entering];
            return;
        }

        _state[entering] = InTree;
        _state[_arc[leaving]] = _flow[_arc[leaving]] == 0 ? AtLower : AtUpper;
        if (onFirst) Hang(first, second, entering, leaving);
        else Hang(second, first, entering, leaving);
    }

    private int Rest(int arc) => _capacity[arc] == NoBound ? NoBound : _capacity[arc] - _flow[arc];

    private int Join(int u, int v)
    {
        while (u != v)
        {
            if (_depth[u] >= _depth[v]) u = _parent[u];
            else v = _parent[v];
        }

        return u;
    }

    // Turns the path from inside up to the leaving arc round, and hangs its subtree under outside.
    private void Hang(int inside, int outside, int entering, int leaving)
    {
        var (node, parent, arc) = (inside, outside, entering);
        while (true)
        {
            var (oldParent, oldArc) = (_parent[node], _arc[node]);
            Detach(node);
            _arc[node] = arc;
            _up[node] = _source[arc] == node;
            Attach(node, parent);
            if (node == leaving) break;
            (parent, node, arc) = (node, oldParent, oldArc);
        }

        var change = _potential[outside] + (_up[inside] ? -_cost[entering] : _cost[entering]) - _potential[inside];
        _waiting.Push(inside);
        while (_waiting.TryPop(out var u))
        {
            _potential[u] += change;
            _depth[u] = _depth[_parent[u]] + 1;
            for (var child = _child[u]; child >= 0; child = _nextSibling[child]) _waiting.Push(child);
        }
    }

    private void Attach(int node, int parent)
    {
        var next = _child[parent];
        (_parent[node], _nextSibling[node], _previousSibling[node]) = (parent, next, -1);
        if (next >= 0) _previousSibling[next] = node;
        _child[parent] = node;
    }

    private void Detach(int node)
    {
        var (before, after) = (_previousSibling[node], _nextSibling[node]);
        if (before >= 0) _nextSibling[before] = after;
        else _child[_parent[node]] = after;
        if (after >= 0) _previousSibling[after] = before;
    }
}
