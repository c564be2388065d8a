using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// A k-d tree over some rows that rows can be taken out of. Leaves hold up to 32 rows coordinate by coordinate, so that their distances
/// are computed four at a time; nodes hold tight boxes, which shrink as rows go. Calipers are further coordinates: they part the tree
/// and prune the search without entering the distance.
/// </summary>
internal sealed partial class RowTree
{
    private const int LeafSize = 32;

    // A box's distance is summed in another order than a row's; their last bits may differ.
    private const double Slack = 1 + 1e-12;

    private readonly double[] _values;
    private readonly CaliperBound[] _calipers;
    private readonly long[] _keys;
    private readonly int _metric;
    private readonly int _all;
    private readonly int _stride;

    private readonly double[] _low;
    private readonly double[] _high;
    private readonly int[] _left;
    private readonly int[] _right;
    private readonly int[] _parent;
    private readonly int[] _count;
    private readonly double[] _leafValues;
    private readonly int[] _leafRows;
    private readonly int[] _leafNode;
    private readonly int[] _place;
    private int _nodes;
    private int _leaves;

    private RowTree(Whitening space, CaliperBound[] calipers, long[] keys, int rows, int[] place)
    {
        (_values, _metric, _calipers, _keys, _place) = (space.Values, space.Columns, calipers, keys, place);
        _all = _metric + calipers.Length;
        _stride = (_all + 3) / 4 * 4;
        var most = Math.Max(1, (rows / (LeafSize / 2)) + 1);
        _low = new double[2 * most * _stride];
        _high = new double[2 * most * _stride];
        _left = new int[2 * most];
        _right = new int[2 * most];
        _parent = new int[2 * most];
        _count = new int[2 * most];
        _leafValues = new double[most * LeafSize * _all];
        _leafRows = new int[most * LeafSize];
        _leafNode = new int[most];
    }

    /// <summary>Rows still in the tree.</summary>
    public int Count => _count[0];

    /// <summary>Builds a tree.</summary>
    /// <param name="space">Coordinates of all rows.</param>
    /// <param name="calipers">Bounds that a neighbour must keep.</param>
    /// <param name="keys">Order key of all rows.</param>
    /// <param name="rows">The rows to hold; reordered.</param>
    /// <param name="place">One entry per row of the data, written for the rows held; trees over other rows may share it.</param>
    public static RowTree Build(Whitening space, CaliperBound[] calipers, long[] keys, Span<int> rows, int[] place)
    {
        var tree = new RowTree(space, calipers, keys, rows.Length, place);
        tree.Add(rows, -1, new double[rows.Length]);
        return tree;
    }

    /// <summary>Shows a sink the rows near a target, the likelier ones first, until none within its limit is left.</summary>
    /// <param name="target">Row number of the target, which need not be in the tree.</param>
    /// <param name="sink">Takes the rows.</param>
    /// <typeparam name="TSink">The sink's type.</typeparam>
    public void Visit<TSink>(int target, ref TSink sink)
        where TSink : struct, INeighbourSink
    {
        if (_count[0] == 0) return;

        Span<double> point = stackalloc double[_stride];
        for (var d = 0; d < _all; d++) point[d] = Coordinate(target, d);
        for (var d = _all; d < _stride; d++) point[d] = 0;
        Span<int> waiting = stackalloc int[64];
        Span<double> far = stackalloc double[64];
        var depth = 0;
        var node = 0;
        var square = BoxSquare(0, point);
        while (true)
        {
            if (square <= Math.Min(sink.Limit * Slack, double.MaxValue))
            {
                if (_left[node] < 0)
                {
                    Scan(~_left[node], _count[node], target, point, ref sink);
                }
                else
                {
                    var (near, nearSquare, other, otherSquare) =
                        (_left[node], BoxSquare(_left[node], point), _right[node], BoxSquare(_right[node], point));
                    if (otherSquare < nearSquare) (near, nearSquare, other, otherSquare) = (other, otherSquare, near, nearSquare);
                    (waiting[depth], far[depth]) = (other, otherSquare);
                    depth++;
                    (node, square) = (near, nearSquare);
                    continue;
                }
            }

            if (depth == 0) return;
            depth--;
            (node, square) = (waiting[depth], far[depth]);
        }
    }

    /// <summary>Takes a row out.</summary>
    public void Remove(int row)
    {
        var place = _place[row];
        var (leaf, slot) = (place / LeafSize, place % LeafSize);
        var node = _leafNode[leaf];
        var last = _count[node] - 1;
        var values = _leafValues.AsSpan(leaf * LeafSize * _all, LeafSize * _all);
        for (var d = 0; d < _all; d++) values[(d * LeafSize) + slot] = values[(d * LeafSize) + last];

        var moved = _leafRows[(leaf * LeafSize) + last];
        _leafRows[place] = moved;
        _place[moved] = place;
        // Boxes are worth tightening now and then only.
        var tighten = last == 0 || BitOperations.IsPow2(last);
        for (var at = node; at >= 0; at = _parent[at])
        {
            _count[at]--;
            if (tighten) tighten = at == node ? TightenLeaf(at, leaf) : TightenNode(at);
        }
    }

    private void Scan<TSink>(int leaf, int count, int target, ReadOnlySpan<double> point, ref TSink sink)
        where TSink : struct, INeighbourSink
    {
        Span<double> squares = stackalloc double[LeafSize];
        ref var values = ref _leafValues[leaf * LeafSize * _all];
        for (var from = 0; from < count; from += 8)
        {
            var first = Vector256<double>.Zero;
            var second = Vector256<double>.Zero;
            for (var d = 0; d < _metric; d++)
            {
                var at = Vector256.Create(point[d]);
                var one = Vector256.LoadUnsafe(ref values, (nuint)((d * LeafSize) + from)) - at;
                var two = Vector256.LoadUnsafe(ref values, (nuint)((d * LeafSize) + from + 4)) - at;
                first += one * one;
                second += two * two;
            }

            first.CopyTo(squares[from..]);
            second.CopyTo(squares[(from + 4)..]);
        }

        var limit = sink.Limit;
        for (var slot = 0; slot < count; slot++)
        {
            if (!(squares[slot] <= limit)) continue;
            var row = _leafRows[(leaf * LeafSize) + slot];
            if (!WithinCalipers(target, row)) continue;
            sink.Offer(squares[slot], _keys[row], row);
            limit = sink.Limit;
        }
    }

    private bool WithinCalipers(int target, int row)
    {
        foreach (var caliper in _calipers)
        {
            if (Math.Abs(caliper.Values[target] - caliper.Values[row]) > caliper.Width) return false;
        }

        return true;
    }

    private double Coordinate(int row, int d) => d < _metric ? _values[(row * _metric) + d] : _calipers[d - _metric].Values[row];

    // Infinite when the box lies beyond a caliper.
    private double BoxSquare(int node, ReadOnlySpan<double> point)
    {
        var low = _low.AsSpan(node * _stride, _stride);
        var high = _high.AsSpan(node * _stride, _stride);
        for (var c = 0; c < _calipers.Length; c++)
        {
            var d = _metric + c;
            if (Math.Max(low[d] - point[d], point[d] - high[d]) > _calipers[c].Width) return double.PositiveInfinity;
        }

        var sum = 0.0;
        ref var l = ref MemoryMarshal.GetReference(low);
        ref var h = ref MemoryMarshal.GetReference(high);
        ref var p = ref MemoryMarshal.GetReference(point);
        var whole = _metric & ~3;
        if (whole > 0)
        {
            var total = Vector256<double>.Zero;
            for (nuint d = 0; d < (nuint)whole; d += 4)
            {
                var at = Vector256.LoadUnsafe(ref p, d);
                var outside = Vector256.Max(Vector256.LoadUnsafe(ref l, d) - at, at - Vector256.LoadUnsafe(ref h, d));
                var gap = Vector256.Max(outside, Vector256<double>.Zero);
                total += gap * gap;
            }

            sum = Vector256.Sum(total);
        }

        for (var d = whole; d < _metric; d++)
        {
            var gap = Math.Max(Math.Max(low[d] - point[d], point[d] - high[d]), 0);
            sum += gap * gap;
        }

        return sum;
    }

    private bool TightenLeaf(int node, int leaf)
    {
        var count = _count[node];
        for (var d = 0; d < _all; d++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            var values = _leafValues.AsSpan(((leaf * _all) + d) * LeafSize, count);
            foreach (var value in values)
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }

            _low[(node * _stride) + d] = low;
            _high[(node * _stride) + d] = high;
        }

        return true;
    }

    // False when nothing changed, so that nothing above changes either.
    private bool TightenNode(int node)
    {
        var changed = false;
        var (left, right) = (_left[node], _right[node]);
        for (var d = 0; d < _all; d++)
        {
            var low = Math.Min(_low[(left * _stride) + d], _low[(right * _stride) + d]);
            var high = Math.Max(_high[(left * _stride) + d], _high[(right * _stride) + d]);
            changed |= low != _low[(node * _stride) + d] || high != _high[(node * _stride) + d];
            _low[(node * _stride) + d] = low;
            _high[(node * _stride) + d] = high;
        }

        return changed;
    }
}
