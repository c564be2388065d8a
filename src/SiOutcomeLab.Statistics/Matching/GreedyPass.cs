namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// The passes of greedy matching on one number. Controls stand sorted; a treated row's candidates are its neighbours among them. A used-up
/// control is taken out by pointing it at its neighbour; following and shortening such pointers (union-find) finds the next free control
/// in nearly constant time.
/// </summary>
internal sealed class GreedyPass
{
    private readonly SortedArm _controls;
    private readonly SortedArm _treated;
    private readonly int[] _insertion;
    private readonly PairRules _rules;
    private readonly MatchingOrder _order;
    private readonly long[] _keys;
    private readonly int _width;
    private readonly int _capacity;
    private readonly int[]? _wanted;
    private readonly double _caliper;

    // A person midway between two others (ten years older and one school year less, ten years younger and one more) has equal
    // distances on paper, and unequal last bits that differ between builds. Such ties must go to the left on every build.
    private readonly double _rounding;

    // Links of control p are at p + 1 (previous) and p (next), so that the two ends need no test.
    private readonly int[] _previous;
    private readonly int[] _next;
    private readonly int[]? _uses;
    private readonly int[] _pairs;
    private readonly double[] _distances;
    private int _from;
    private int _to;

    private GreedyPass(SortedArm controls, SortedArm treated, long[] keys, PairRules rules, NearestNeighbourOptions options, int[]? wanted)
    {
        (_controls, _treated, _rules, _wanted) = (controls, treated, rules, wanted);
        (_order, _width, _capacity) = (options.Order, options.Width, options.Capacity);
        _keys = keys;
        _insertion = controls.InsertionPoints(treated, keys);
        _caliper = rules.MeasureCaliper?.Width ?? double.PositiveInfinity;
        _rounding = 1e-13 * Range();
        _previous = new int[controls.Rows.Length + 1];
        _next = new int[controls.Rows.Length + 1];
        for (var p = 0; p < _next.Length; p++) _previous[p] = _next[p] = p;
        _uses = _capacity is > 1 and < int.MaxValue ? new int[controls.Rows.Length] : null;
        _pairs = new int[treated.Rows.Length * _width];
        Array.Fill(_pairs, -1);
        _distances = new double[_pairs.Length];
    }

    /// <summary>Pairs by position of the treated row: control positions, −1 for none, and distances.</summary>
    /// <param name="controls">Sorted controls.</param>
    /// <param name="treated">Sorted treated rows.</param>
    /// <param name="keys">Order key per row.</param>
    /// <param name="rules">Calipers.</param>
    /// <param name="options">Order, ratio, reuse.</param>
    /// <param name="wanted">Controls wanted per treated position, or null for the ratio.</param>
    public static (int[] Controls, double[] Distances) Run(
        SortedArm controls, SortedArm treated, long[] keys, PairRules rules, NearestNeighbourOptions options, int[]? wanted)
    {
        var pass = new GreedyPass(controls, treated, keys, rules, options, wanted);
        for (var s = 0; s + 1 < controls.Starts.Length; s++)
        {
            (pass._from, pass._to) = (controls.Starts[s], controls.Starts[s + 1]);
            if (pass._from < pass._to) pass.RunStratum(treated.Starts[s], treated.Starts[s + 1]);
        }

        return (pass._pairs, pass._distances);
    }

    private void RunStratum(int from, int to)
    {
        var order = _order is MatchingOrder.SmallestFirst ? [] : Order(from, to);
        for (var round = 0; round < _width; round++)
        {
            switch (_order)
            {
                case MatchingOrder.ClosestFirst:
                    RunClosestFirst(order, round);
                    break;
                case MatchingOrder.FarthestFirst:
                    foreach (var position in ByDistance(order, round)) TakeNearest(position, round);
                    break;
                case MatchingOrder.SmallestFirst:
                    for (var position = from; position < to; position++) TakeNearest(position, round);
                    break;
                default:
                    foreach (var position in order) TakeNearest(position, round);
                    break;
            }
        }
    }

    private void TakeNearest(int position, int round)
    {
        if (_wanted is not null && round >= _wanted[position]) return;
        if (Nearest(position, round) is >= 0 and var control) Take(position, round, control);
    }

    private void RunClosestFirst(int[] order, int round)
    {
        // A treated row's nearest distance only grows as controls go, so an outdated entry sorts too early, never too late.
        var queue = new PriorityQueue<(int Position, int Control), (double Distance, long Key)>();
        foreach (var position in order) Enqueue(position);
        while (queue.TryDequeue(out var entry, out _))
        {
            if (IsFree(entry.Control)) Take(entry.Position, round, entry.Control);
            else Enqueue(entry.Position);
        }

        void Enqueue(int position)
        {
            if (_wanted is not null && round >= _wanted[position]) return;
            if (Nearest(position, round) is >= 0 and var control)
            {
                queue.Enqueue((position, control), (Distance(position, control), _keys[_treated.Rows[position]]));
            }
        }
    }

    private int[] ByDistance(int[] order, int round)
    {
        var distances = Array.ConvertAll(order, p => Nearest(p, round) is >= 0 and var control ? Distance(p, control) : -1);
        var ranks = Enumerable.Range(0, order.Length).ToArray();
        Array.Sort(ranks, (a, b) => distances[a] != distances[b] ? distances[b].CompareTo(distances[a]) : a - b);
        return Array.ConvertAll(ranks, rank => order[rank]);
    }

    private int[] Order(int from, int to)
    {
        var order = new int[to - from];
        if (_order == MatchingOrder.LargestFirst)
        {
            for (var k = 0; k < order.Length; k++) order[k] = to - 1 - k;
            ReverseTies(order);
            return order;
        }

        for (var k = 0; k < order.Length; k++) order[k] = from + k;
        var keys = Array.ConvertAll(order, p => _keys[_treated.Rows[p]]);
        Array.Sort(keys, order);
        return order;
    }

    // Going down the line puts tied rows in descending key order; among equals the smaller key still chooses first.
    private void ReverseTies(int[] order)
    {
        for (var first = 0; first < order.Length;)
        {
            var last = first + 1;
            while (last < order.Length && _treated.Measures[order[last]] == _treated.Measures[order[first]]) last++;
            Array.Reverse(order, first, last - first);
            first = last;
        }
    }

    // From both neighbours outwards, the nearer side first.
    private int Nearest(int position, int round)
    {
        var measure = _treated.Measures[position];
        var left = FindPrevious(_insertion[position] - 1);
        var right = FindNext(_insertion[position]);
        while (true)
        {
            var leftDistance = left >= _from ? measure - _controls.Measures[left] : double.PositiveInfinity;
            var rightDistance = right < _to ? _controls.Measures[right] - measure : double.PositiveInfinity;
            if (left >= _from && leftDistance <= rightDistance + _rounding)
            {
                if (leftDistance > _caliper) return -1;
                if (Suits(position, left, round)) return left;
                left = FindPrevious(left - 1);
            }
            else
            {
                if (right >= _to || rightDistance > _caliper) return -1;
                if (Suits(position, right, round)) return right;
                right = FindNext(right + 1);
            }
        }
    }

    private bool Suits(int position, int control, int round) =>
        (round == 0 || !_pairs.AsSpan(position * _width, round).Contains(control))
        && (_rules.Calipers.Length == 0 || _rules.WithinCalipers(_treated.Rows[position], _controls.Rows[control]));

    private double Distance(int position, int control) => Math.Abs(_treated.Measures[position] - _controls.Measures[control]);

    private bool IsFree(int control) => _next[control] == control;

    private void Take(int position, int round, int control)
    {
        _pairs[(position * _width) + round] = control;
        _distances[(position * _width) + round] = Distance(position, control);
        if (_capacity > 1 && (_uses is null || ++_uses[control] < _capacity)) return;

        _previous[control + 1] = control;
        _next[control] = control + 1;
    }

    // Entry p + 1 leads to the last free control at or before p.
    private int FindPrevious(int position)
    {
        var links = _previous;
        var at = position + 1;
        while (links[at] != at)
        {
            links[at] = links[links[at]];
            at = links[at];
        }

        return at - 1;
    }

    private int FindNext(int position)
    {
        var links = _next;
        var at = position;
        while (links[at] != at)
        {
            links[at] = links[links[at]];
            at = links[at];
        }

        return at;
    }

    private double Range()
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var arm in (ReadOnlySpan<double[]>)[_controls.Measures, _treated.Measures])
        {
            foreach (var value in arm)
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }

        return high - low;
    }
}
