namespace SiOutcomeLab.Statistics.Matching;

/// <summary>The few nearest controls found so far, nearest first; equal distances by the smaller order key.</summary>
internal sealed class NeighbourList(int capacity)
{
    private readonly double[] _squares = new double[capacity];
    private readonly long[] _keys = new long[capacity];
    private readonly int[] _rows = new int[capacity];

    public int Count { get; private set; }

    /// <summary>True when nearer controls may exist beyond the list.</summary>
    public bool IsFull => Count == capacity;

    /// <summary>Squared distance that a further control must not exceed.</summary>
    public double Worst => Count < capacity ? double.PositiveInfinity : _squares[capacity - 1];

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    public ReadOnlySpan<double> Squares => _squares.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Offer(double square, long key, int row)
    {
        var at = Count;
        while (at > 0 && (square < _squares[at - 1] || (square == _squares[at - 1] && key < _keys[at - 1]))) at--;
        if (at == capacity) return;

        if (Count < capacity) Count++;
        for (var k = Count - 1; k > at; k--)
        {
            _squares[k] = _squares[k - 1];
            _keys[k] = _keys[k - 1];
            _rows[k] = _rows[k - 1];
        }

        (_squares[at], _keys[at], _rows[at]) = (square, key, row);
    }
}
