namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Building: halves at the median of the widest coordinate.</summary>
internal sealed partial class RowTree
{
    private int Add(Span<int> rows, int parent, double[] scratch)
    {
        var node = _nodes++;
        _parent[node] = parent;
        _count[node] = rows.Length;
        var split = Box(node, rows);
        if (rows.Length <= LeafSize)
        {
            AddLeaf(node, rows);
            return node;
        }

        var keys = scratch.AsSpan(0, rows.Length);
        for (var i = 0; i < keys.Length; i++) keys[i] = Coordinate(rows[i], split);
        var half = rows.Length / 2;
        Select(keys, rows, half);
        _left[node] = Add(rows[..half], node, scratch);
        _right[node] = Add(rows[half..], node, scratch);
        return node;
    }

    private void AddLeaf(int node, ReadOnlySpan<int> rows)
    {
        var leaf = _leaves++;
        _left[node] = ~leaf;
        _leafNode[leaf] = node;
        for (var slot = 0; slot < rows.Length; slot++)
        {
            var row = rows[slot];
            _leafRows[(leaf * LeafSize) + slot] = row;
            _place[row] = (leaf * LeafSize) + slot;
            for (var d = 0; d < _all; d++) _leafValues[(((leaf * _all) + d) * LeafSize) + slot] = Coordinate(row, d);
        }
    }

    // Sets the node's box and returns its widest coordinate; a caliper's coordinate counts in widths of the caliper.
    private int Box(int node, ReadOnlySpan<int> rows)
    {
        var (widest, split) = (-1.0, 0);
        for (var d = 0; d < _all; d++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var row in rows)
            {
                var value = Coordinate(row, d);
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }

            _low[(node * _stride) + d] = low;
            _high[(node * _stride) + d] = high;
            var spread = high - low;
            if (d >= _metric && spread > 0) spread /= _calipers[d - _metric].Width;
            if (spread > widest) (widest, split) = (spread, d);
        }

        return split;
    }

    // Hoare's selection: the first half holds the smaller keys.
    private static void Select(Span<double> keys, Span<int> rows, int half)
    {
        var (from, to) = (0, keys.Length - 1);
        while (from < to)
        {
            var pivot = Median(keys[from], keys[(from + to) / 2], keys[to]);
            var (i, j) = (from, to);
            while (i <= j)
            {
                while (keys[i] < pivot) i++;
                while (keys[j] > pivot) j--;
                if (i > j) break;
                (keys[i], keys[j]) = (keys[j], keys[i]);
                (rows[i], rows[j]) = (rows[j], rows[i]);
                i++;
                j--;
            }

            if (half <= j) to = j;
            else if (half >= i) from = i;
            else return;
        }
    }

    private static double Median(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
