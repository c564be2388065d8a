namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// The passes of greedy matching over a sorted line. A used-up control is taken out by pointing it at its neighbour; following and
/// shortening such pointers (union-find) finds the next free control in nearly constant time.
/// </summary>
internal sealed class GreedyPass
{
    private readonly SortedLine _line;
    private readonly NearestNeighbourOptions _options;
    private readonly double _width;

    // A person midway between two others (ten years older and one school year less, ten years younger and one more) has equal
    // distances on paper, and unequal last bits that differ between builds. Such ties must go to the left on every build.
    private readonly double _rounding;

    // Position p is at p + 1, so that 0 and n + 1 mean "none" at the two ends.
    private readonly int[] _previous;
    private readonly int[] _next;
    private readonly int[] _uses;
    private readonly int[] _pairs;
    private int _start;
    private int _end;

    private GreedyPass(SortedLine line, NearestNeighbourOptions options, double width)
    {
        _line = line;
        _options = options;
        _width = width;
        _rounding = 1e-13 * (line.LargestMeasure - line.SmallestMeasure);
        var n = line.Rows.Length;
        _previous = new int[n + 2];
        _next = new int[n + 2];
        _next[n + 1] = n + 1;
        for (var p = 0; p < n; p++)
        {
            _previous[p + 1] = line.Treated[p] ? p : p + 1;
            _next[p + 1] = line.Treated[p] ? p + 2 : p + 1;
        }

        _uses = new int[n];
        _pairs = new int[n * options.Ratio];
        Array.Fill(_pairs, -1);
    }

    /// <summary>Controls by row: entry row × ratio + pass is a row number or −1.</summary>
    public static int[] Run(SortedLine line, NearestNeighbourOptions options, double width)
    {
        var pass = new GreedyPass(line, options, width);
        foreach (var end in line.SegmentEnds)
        {
            pass._end = end;
            pass.RunSegment();
            pass._start = end;
        }

        return pass._pairs;
    }

    private void RunSegment()
    {
        var order = Order();
        for (var round = 0; round < _options.Ratio; round++)
        {
            if (_options.Order == MatchingOrder.ClosestFirst)
            {
                RunClosestFirst(order, round);
                continue;
            }

            foreach (var position in order)
            {
                if (Nearest(position, round) is >= 0 and var control) Take(position, round, control);
            }
        }
    }

    private void RunClosestFirst(List<int> order, int round)
    {
        // A treated row's nearest distance only grows as controls go, so an outdated entry sorts too early, never too late.
        var queue = new PriorityQueue<(int Position, int Control), (double Distance, long Key)>();
        foreach (var position in order) Enqueue(position);
        while (queue.TryDequeue(out var entry, out _))
        {
            if (_uses[entry.Control] < _options.Capacity) Take(entry.Position, round, entry.Control);
            else Enqueue(entry.Position);
        }

        void Enqueue(int position)
        {
            if (Nearest(position, round) is >= 0 and var control)
            {
                queue.Enqueue((position, control), (Distance(position, control), _line.Keys[position]));
            }
        }
    }

    private List<int> Order()
    {
        List<int> order = [];
        for (var p = _start; p < _end; p++)
        {
            if (_line.Treated[p]) order.Add(p);
        }

        if (_options.Order == MatchingOrder.LargestFirst)
        {
            order.Reverse();
            ReverseTies(order);
        }
        else if (_options.Order == MatchingOrder.AsGiven)
        {
            order.Sort((a, b) => _line.Keys[a] != _line.Keys[b] ? _line.Keys[a].CompareTo(_line.Keys[b]) : _line.Rows[a] - _line.Rows[b]);
        }

        return order;
    }

    // Reversing the line put tied rows in descending key order; among equals the smaller key still chooses first.
    private void ReverseTies(List<int> order)
    {
        for (var first = 0; first < order.Count;)
        {
            var last = first + 1;
            while (last < order.Count && _line.Measures[order[last]] == _line.Measures[order[first]]) last++;
            order.Reverse(first, last - first);
            first = last;
        }
    }

    private int Nearest(int position, int round)
    {
        var mine = _pairs.AsSpan(_line.Rows[position] * _options.Ratio, round);
        var left = FindPrevious(position);
        while (left >= _start && mine.Contains(_line.Rows[left])) left = FindPrevious(left - 1);
        var right = FindNext(position);
        while (right < _end && mine.Contains(_line.Rows[right])) right = FindNext(right + 1);
        var leftDistance = left >= _start ? Distance(position, left) : double.PositiveInfinity;
        var rightDistance = right < _end ? Distance(position, right) : double.PositiveInfinity;
        if (left >= _start && leftDistance <= rightDistance + _rounding) return leftDistance <= _width ? left : -1;
        return right < _end && rightDistance <= _width ? right : -1;
    }

    private double Distance(int position, int control) => Math.Abs(_line.Measures[position] - _line.Measures[control]);

    private void Take(int position, int round, int control)
    {
        _pairs[(_line.Rows[position] * _options.Ratio) + round] = _line.Rows[control];
        if (++_uses[control] < _options.Capacity) return;

        _previous[control + 1] = control;
        _next[control + 1] = control + 2;
    }

    private int FindPrevious(int position)
    {
        var at = position + 1;
        while (_previous[at] != at)
        {
            _previous[at] = _previous[_previous[at]];
            at = _previous[at];
        }

        return at - 1;
    }

    private int FindNext(int position)
    {
        var at = position + 1;
        while (_next[at] != at)
        {
            _next[at] = _next[_next[at]];
            at = _next[at];
        }

        return at - 1;
    }
}
