namespace SiOutcomeLab.Statistics.Tests.Matching;

/// <summary>
/// Proof of optimality: a matching between degree bounds has the smallest total exactly when no cycle of its residual network (join a
/// pair, part a pair, let a row have one partner more or fewer) has a negative length. Looks for one over all pairs, by Bellman and Ford.
/// </summary>
internal sealed class ResidualNetwork
{
    private readonly List<(int From, int To, double Length)> _arcs = [];
    private readonly int _nodes;

    public ResidualNetwork(
        int[] treated, int[] controls, HashSet<(int Treated, int Control)> joined, Func<int, int, double> distance,
        (int Least, int Most) ofTreated, (int Least, int Most) ofControl)
    {
        _nodes = treated.Length + controls.Length + 1;
        var hub = _nodes - 1;
        for (var i = 0; i < treated.Length; i++)
        {
            for (var j = 0; j < controls.Length; j++)
            {
                var length = distance(treated[i], controls[j]);
                if (double.IsInfinity(length)) continue;
                if (joined.Contains((treated[i], controls[j]))) _arcs.Add((treated.Length + j, i, -length));
                else _arcs.Add((i, treated.Length + j, length));
            }

            var degree = joined.Count(pair => pair.Treated == treated[i]);
            Assert.InRange(degree, ofTreated.Least, ofTreated.Most);
            if (degree < ofTreated.Most) _arcs.Add((hub, i, 0));
            if (degree > ofTreated.Least) _arcs.Add((i, hub, 0));
        }

        for (var j = 0; j < controls.Length; j++)
        {
            var degree = joined.Count(pair => pair.Control == controls[j]);
            Assert.InRange(degree, ofControl.Least, ofControl.Most);
            if (degree < ofControl.Most) _arcs.Add((treated.Length + j, hub, 0));
            if (degree > ofControl.Least) _arcs.Add((hub, treated.Length + j, 0));
        }
    }

    /// <summary>True when the shortest distances from everywhere settle: they are then dual prices that prove the optimum.</summary>
    public bool HasNoNegativeCycle(double tolerance)
    {
        var distance = new double[_nodes];
        for (var pass = 0; pass < _nodes; pass++)
        {
            var changed = false;
            foreach (var (from, to, length) in _arcs)
            {
                if (distance[from] + length >= distance[to] - tolerance) continue;
                distance[to] = distance[from] + length;
                changed = true;
            }

            if (!changed) return true;
        }

        return false;
    }
}
