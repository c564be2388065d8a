namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// Optimal matching on any distance, with calipers: a flow over the pairs of near neighbours, to which every pair is added whose reduced
/// cost at the flow's potentials would lower the total, until none is left. The last potentials then prove that no pair that
/// was left aside could improve the result.
/// </summary>
internal sealed class OptimalSpace
{
    private const int FirstNeighbours = 8;
    private const int AddedPerRow = 8;

    private readonly Whitening _space;
    private readonly PairRules _rules;
    private readonly CaliperBound[] _calipers;
    private readonly long[] _keys;
    private readonly int[] _place;
    private readonly CancellationToken _cancellationToken;

    private OptimalSpace(Whitening space, PairRules rules, long[] keys, CancellationToken cancellationToken)
    {
        (_space, _rules, _keys, _cancellationToken) = (space, rules, keys, cancellationToken);
        _calipers = rules.MeasureCaliper is { } own ? [own, .. rules.Calipers] : rules.Calipers;
        _place = new int[rules.Rows];
    }

    /// <summary>The joined pairs, or null when bounds cannot be met and must be.</summary>
    /// <param name="space">Coordinates.</param>
    /// <param name="rules">Arms, strata, calipers.</param>
    /// <param name="keys">Order key per row.</param>
    /// <param name="bounds">Bounds for a stratum of so many treated rows and controls that have anybody in reach.</param>
    /// <param name="omitted">Most controls left aside in a stratum of so many, although they must have a partner.</param>
    /// <param name="mayFail">True when rows may end with fewer partners than their bound, as few of them as possible.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    public static List<PairEdge>? Solve(
        Whitening space,
        PairRules rules,
        long[] keys,
        Func<int, int, PartnerBounds> bounds,
        Func<int, int> omitted,
        bool mayFail,
        CancellationToken cancellationToken)
    {
        var optimum = new OptimalSpace(space, rules, keys, cancellationToken);
        var edges = new List<PairEdge>();
        var treated = rules.EligibleTreated.ToLookup(row => rules.Strata.Length == 0 ? 0 : rules.Strata[row]);
        var controls = rules.Controls.ToLookup(row => rules.Strata.Length == 0 ? 0 : rules.Strata[row]);
        for (var s = 0; s < rules.StratumCount; s++)
        {
            if (!treated.Contains(s) || !controls.Contains(s)) continue;
            if (optimum.Solve([.. treated[s]], [.. controls[s]], bounds, omitted, mayFail) is not { } found) return null;
            edges.AddRange(found);
        }

        return edges;
    }

    private List<PairEdge>? Solve(
        int[] treated, int[] controls, Func<int, int, PartnerBounds> bounds, Func<int, int> omitted, bool mayFail)
    {
        var near = Neighbours(treated, controls);
        near.UnionWith(Neighbours(controls, treated).Select(pair => (pair.Target, pair.Source)));
        // Who has nobody within the calipers is left out.
        treated = [.. near.Select(pair => pair.Source).Distinct().Order()];
        controls = [.. near.Select(pair => pair.Target).Distinct().Order()];
        if (near.Count == 0) return [];

        var indexOfControl = controls.Select((row, i) => (row, i)).ToDictionary(pair => pair.row, pair => pair.i);
        var known = Array.ConvertAll(treated, _ => new HashSet<int>());
        var indexOfTreated = treated.Select((row, i) => (row, i)).ToDictionary(pair => pair.row, pair => pair.i);
        foreach (var (source, target) in near) known[indexOfTreated[source]].Add(indexOfControl[target]);

        var limits = bounds(treated.Length, controls.Length);
        var network = new SetNetwork(treated.Length, controls.Length, limits, omitted(controls.Length), Largest());
        while (true)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var pairs = new List<(int Treated, int Control, long Cost)>();
            for (var i = 0; i < treated.Length; i++)
            {
                foreach (var j in known[i].Order()) pairs.Add((i, j, network.Cost(Distance(treated[i], controls[j]))));
            }

            var solution = network.Solve(pairs);
            if (Price(treated, controls, known, network, solution.Potentials)) continue;
            if (solution.Unmet > 0 && !mayFail) return null;
            return [.. solution.Pairs.Select(pair =>
                new PairEdge(treated[pair.Treated], controls[pair.Control], Distance(treated[pair.Treated], controls[pair.Control])))];
        }
    }

    // Adds pairs of negative reduced cost, the most negative of each treated row first; false when there are none.
    private bool Price(int[] treated, int[] controls, HashSet<int>[] known, SetNetwork network, long[] potentials)
    {
        var added = new bool[treated.Length];
        Parallel.For(0, treated.Length, i =>
        {
            var found = new List<(long Reduced, int Control)>();
            var mine = potentials[i];
            for (var j = 0; j < controls.Length; j++)
            {
                // Cheaper to ask in this order: few pairs have room at all.
                var room = potentials[treated.Length + j] - mine;
                if (room <= 0) continue;
                var cost = network.Cost(Distance(treated[i], controls[j]));
                if (cost < room && !known[i].Contains(j) && Keeps(treated[i], controls[j])) found.Add((cost - room, j));
            }

            if (found.Count == 0) return;
            added[i] = true;
            found.Sort();
            foreach (var (_, j) in found.Take(AddedPerRow)) known[i].Add(j);
        });
        return added.Contains(true);
    }

    private HashSet<(int Source, int Target)> Neighbours(int[] of, int[] among)
    {
        var tree = RowTree.Build(_space, _calipers, _keys, among.AsSpan().ToArray(), _place);
        var pairs = new HashSet<(int, int)>();
        var list = new NeighbourList(FirstNeighbours);
        foreach (var row in of)
        {
            list.Clear();
            var sink = new ListSink(list);
            tree.Visit(row, ref sink);
            foreach (var other in list.Rows) pairs.Add((row, other));
        }

        return pairs;
    }

    private bool Keeps(int row, int control)
    {
        foreach (var caliper in _calipers)
        {
            if (Math.Abs(caliper.Values[row] - caliper.Values[control]) > caliper.Width) return false;
        }

        return true;
    }

    private double Distance(int row, int control)
    {
        var q = _space.Columns;
        var a = _space.Values.AsSpan(row * q, q);
        var b = _space.Values.AsSpan(control * q, q);
        var sum = 0.0;
        for (var d = 0; d < q; d++) sum += (a[d] - b[d]) * (a[d] - b[d]);
        return Math.Sqrt(sum);
    }

    // No two rows are further apart.
    private double Largest()
    {
        var sum = 0.0;
        for (var d = 0; d < _space.Columns; d++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var at = d; at < _space.Values.Length; at += _space.Columns)
            {
                low = Math.Min(low, _space.Values[at]);
                high = Math.Max(high, _space.Values[at]);
            }

            sum += (high - low) * (high - low);
        }

        return Math.Sqrt(sum);
    }
}
