namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// The cheapest way to join rows on a line, treated and comparison, each to a number of partners within its own bounds. Moving along the
/// line, the cost of a gap is its width times the number of partners that must be sought on its other side, so the cost so far is a
/// convex function of that number; it is kept as its breakpoints (left and right of its minimum) and updated row by row.
/// </summary>
internal sealed class LineFlow
{
    /// <summary>No upper bound.</summary>
    public const int Unbounded = int.MaxValue;

    private const long Beyond = long.MaxValue / 4;

    // Breakpoints as position less offset, with the change of slope there. The last of either side is a wall: beyond is impossible.
    private readonly PriorityQueue<double, long> _left = new();
    private readonly PriorityQueue<double, long> _right = new();
    private long _leftOffset;
    private long _rightOffset;
    private long _leftWall;
    private long _rightWall;

    private LineFlow()
    {
    }

    /// <summary>How many partners each row gets in an optimum, or null when the bounds cannot be met.</summary>
    /// <param name="measures">Ascending.</param>
    /// <param name="treated">Arm per position.</param>
    /// <param name="least">Fewest partners per position.</param>
    /// <param name="most">Most partners per position, <see cref="Unbounded"/> for no bound.</param>
    public static int[]? Solve(double[] measures, bool[] treated, int[] least, int[] most)
    {
        var n = measures.Length;
        var flow = new LineFlow();
        var best = new long[n];
        for (var p = 0; p < n; p++)
        {
            flow.Shift(treated[p], least[p], most[p]);
            if (flow._leftWall > flow._rightWall) return null;
            if (p + 1 < n && measures[p + 1] > measures[p]) flow.AddAbsolute(measures[p + 1] - measures[p]);
            best[p] = flow.Minimiser();
        }

        if (flow._leftWall > 0 || flow._rightWall < 0) return null;

        // Back along the line: each time the cheapest balance that the row's bounds can lead to the one after it.
        var partners = new int[n];
        var balance = 0L;
        for (var p = n - 1; p >= 0; p--)
        {
            var (from, to) = Bounds(treated[p], least[p], most[p]);
            var before = p == 0 ? 0 : Math.Clamp(best[p - 1], balance - to, balance - from);
            partners[p] = (int)Math.Abs(balance - before);
            balance = before;
        }

        return partners;
    }

    private static (long From, long To) Bounds(bool treated, int least, int most)
    {
        var bound = most == Unbounded ? Beyond : most;
        return treated ? (least, bound) : (-bound, -least);
    }

    private void Shift(bool treated, int least, int most)
    {
        var (from, to) = Bounds(treated, least, most);
        if (from == -Beyond)
        {
            _left.Clear();
            _leftWall = -Beyond;
        }
        else
        {
            _leftOffset += from;
            if (_leftWall > -Beyond) _leftWall += from;
        }

        if (to == Beyond)
        {
            _right.Clear();
            _rightWall = Beyond;
        }
        else
        {
            _rightOffset += to;
            if (_rightWall < Beyond) _rightWall += to;
        }
    }

    // Adds weight · |balance|, as a ramp to either side. A max-heap is a min-heap of negatives.
    private void AddAbsolute(double weight)
    {
        _left.Enqueue(weight, _leftOffset);
        for (var rest = weight; rest > 0;)
        {
            if (!_left.TryPeek(out var slope, out var key) || _leftOffset - key <= _leftWall)
            {
                _right.Enqueue(rest, _leftWall - _rightOffset);
                break;
            }

            var position = _leftOffset - key;
            _left.Dequeue();
            var moved = Math.Min(slope, rest);
            _right.Enqueue(moved, position - _rightOffset);
            if (slope > moved) _left.Enqueue(slope - moved, key);
            rest -= moved;
        }

        _right.Enqueue(weight, -_rightOffset);
        for (var rest = weight; rest > 0;)
        {
            if (!_right.TryPeek(out var slope, out var key) || _rightOffset + key >= _rightWall)
            {
                _left.Enqueue(rest, _leftOffset - _rightWall);
                break;
            }

            var position = _rightOffset + key;
            _right.Dequeue();
            var moved = Math.Min(slope, rest);
            _left.Enqueue(moved, _leftOffset - position);
            if (slope > moved) _right.Enqueue(slope - moved, key);
            rest -= moved;
        }
    }

    private long Minimiser()
    {
        var low = _left.TryPeek(out _, out var left) ? Math.Max(_leftWall, _leftOffset - left) : _leftWall;
        var high = _right.TryPeek(out _, out var right) ? Math.Min(_rightWall, _rightOffset + right) : _rightWall;
        return Math.Clamp(0, low, high);
    }
}
