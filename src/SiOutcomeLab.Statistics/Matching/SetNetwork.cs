namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// The flow network of an optimal matching: source → treated row → control → sink, each row's flow between its bounds. A row that cannot
/// have as many partners as it must sends the rest past the pairs at a price above any gain, so that as few as possible do.
/// </summary>
internal sealed class SetNetwork
{
    private readonly int _treated;
    private readonly int _controls;
    private readonly PartnerBounds _bounds;
    private readonly int _omitted;
    private readonly double _scale;
    private readonly long _dear;

    /// <param name="treated">Treated rows.</param>
    /// <param name="controls">Controls.</param>
    /// <param name="bounds">Partners per row.</param>
    /// <param name="omitted">Most controls that may go without the partner they must have.</param>
    /// <param name="largest">No pair's distance is above this.</param>
    public SetNetwork(int treated, int controls, PartnerBounds bounds, int omitted, double largest)
    {
        (_treated, _controls, _bounds, _omitted) = (treated, controls, bounds, omitted);
        // Distances as whole numbers: as fine as potentials below 2⁶⁰ allow, some 10 digits at ten thousand rows.
        var nodes = treated + controls + 3.0;
        var rest = 2.0 * Math.Min(treated, controls) + 1;
        var finest = Math.Floor(Math.Log2(Math.Pow(2, 59) / nodes / rest));
        _scale = largest > 0 ? Math.Pow(2, Math.Min(52, finest)) / largest : 1;
        _dear = (long)((Math.Ceiling(largest * _scale) + 1) * rest);
    }

    public long Cost(double distance) => (long)Math.Round(distance * _scale);

    /// <summary>Solves over some pairs. Potentials are of treated rows, then of controls.</summary>
    public (List<(int Treated, int Control)> Pairs, long[] Potentials, int Unmet) Solve(List<(int Treated, int Control, long Cost)> pairs)
    {
        var n = _treated + _controls;
        var (source, sink, aside) = (n, n + 1, n + 2);
        var supply = new int[n + 3];
        var arcs = new FlowArcs();
        foreach (var (i, j, cost) in pairs) arcs.Add(i, _treated + j, 1, cost);
        var firstUnmet = arcs.Count;
        for (var i = 0; i < _treated; i++)
        {
            if (_bounds.LeastControls > 0) arcs.Add(i, sink, _bounds.LeastControls, _dear);
            supply[i] += _bounds.LeastControls;
            supply[source] -= _bounds.LeastControls;
        }

        for (var j = 0; j < _controls; j++)
        {
            if (_bounds.LeastTreated > 0) arcs.Add(source, _treated + j, _bounds.LeastTreated, _dear);
            supply[_treated + j] -= _bounds.LeastTreated;
            supply[sink] += _bounds.LeastTreated;
        }

        var endUnmet = arcs.Count;
        for (var i = 0; i < _treated; i++) AddRoom(arcs, source, i, _bounds.LeastControls, _bounds.MostControls, _controls);
        for (var j = 0; j < _controls; j++)
        {
            AddRoom(arcs, _treated + j, sink, _bounds.LeastTreated, _bounds.MostTreated, _treated);
            if (_omitted > 0) arcs.Add(aside, _treated + j, 1, 0);
        }

        if (_omitted > 0) arcs.Add(source, aside, _omitted, 0);
        arcs.Add(sink, source, int.MaxValue, 0);

        var simplex = NetworkSimplex.Solve(n + 3, arcs, supply)
            ?? throw new InvalidOperationException("A network in which every bound may fail at a price has no solution.");
        var flow = simplex.Flow;
        var unmet = 0;
        for (var a = firstUnmet; a < endUnmet; a++) unmet += flow[a];
        List<(int, int)> chosen = [];
        for (var a = 0; a < pairs.Count; a++)
        {
            if (flow[a] > 0) chosen.Add((pairs[a].Treated, pairs[a].Control));
        }

        return (chosen, simplex.Potentials[..n], unmet);
    }

    private static void AddRoom(FlowArcs arcs, int from, int to, int least, int most, int others)
    {
        var room = Math.Min(most, others + 1) - least;
        if (room > 0) arcs.Add(from, to, room, 0);
    }
}
