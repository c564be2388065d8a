namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>Which rows of one block stand in which node: rows of a node side by side, rising.</summary>
internal sealed class RowPartition
{
    private readonly ushort[] _rows;
    private readonly int[] _start;
    private readonly int[] _count;

    public RowPartition(int rows, int nodes)
    {
        _rows = new ushort[rows];
        (_start, _count) = (new int[nodes], new int[nodes]);
    }

    /// <summary>All rows in the root.</summary>
    public void Reset()
    {
        for (var i = 0; i < _rows.Length; i++) _rows[i] = (ushort)i;
        (_start[0], _count[0]) = (0, _rows.Length);
    }

    public int Count(int node) => _count[node];

    public ReadOnlySpan<ushort> Rows(int node) => _rows.AsSpan(_start[node], _count[node]);

    /// <summary>Divides a node's rows.</summary>
    /// <param name="node">The node.</param>
    /// <param name="left">Its left child; the right one is the next.</param>
    /// <param name="bins">The column's bins.</param>
    /// <param name="last">The last bin that goes left.</param>
    /// <param name="scratch">Room for a block's rows.</param>
    public void Divide(int node, int left, ReadOnlySpan<byte> bins, byte last, Span<ushort> scratch)
    {
        var rows = _rows.AsSpan(_start[node], _count[node]);
        var (kept, moved) = (0, 0);
        foreach (var row in rows)
        {
            var goes = bins[row] <= last ? 1 : 0;
            rows[kept] = row;
            scratch[moved] = row;
            kept += goes;
            moved += 1 - goes;
        }

        scratch[..moved].CopyTo(rows[kept..]);
        (_start[left], _count[left]) = (_start[node], kept);
        (_start[left + 1], _count[left + 1]) = (_start[node] + kept, moved);
    }
}
