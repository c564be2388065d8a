namespace SiOutcomeLab.Parquet;

/// <summary>Byte values end to end, with their bounds: a column's values without its nulls, or a dictionary.</summary>
internal sealed class ByteValues
{
    private readonly List<int> _bounds = [0];
    private byte[] _data = new byte[256];

    /// <summary>A copy of values that lie end to end, with one more bound than there are values.</summary>
    public static ByteValues Of(ReadOnlySpan<byte> data, ReadOnlySpan<int> bounds)
    {
        var values = new ByteValues();
        values._bounds.Clear();
        values._bounds.AddRange(bounds);
        values._data = data.ToArray();
        return values;
    }

    public int Count => _bounds.Count - 1;

    public long DataBytes => _bounds[^1];

    public ReadOnlySpan<byte> this[int index] => _data.AsSpan(_bounds[index], _bounds[index + 1] - _bounds[index]);

    public int Length(int index) => _bounds[index + 1] - _bounds[index];

    /// <summary>The values from one to another, end to end.</summary>
    public ReadOnlySpan<byte> Range(int from, int to) => _data.AsSpan(_bounds[from], _bounds[to] - _bounds[from]);

    public void Add(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        _bounds.Add(_bounds[^1] + value.Length);
    }

    private Span<byte> Reserve(int bytes)
    {
        var needed = DataBytes + bytes;
        if (needed > Array.MaxLength) throw new ArgumentException("A column's values are more than 2 GB; write smaller row groups.");
        if (needed > _data.Length) Array.Resize(ref _data, (int)Math.Min(Math.Max(needed, 2L * _data.Length), Array.MaxLength));
        return _data.AsSpan(_bounds[^1]);
    }
}
