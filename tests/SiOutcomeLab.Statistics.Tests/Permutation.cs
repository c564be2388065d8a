namespace SiOutcomeLab.Statistics.Tests;

/// <summary>A seeded reordering of rows.</summary>
internal sealed class Permutation
{
    private readonly int[] _from;

    public Permutation(int rows, int seed)
    {
        _from = [.. Enumerable.Range(0, rows)];
        new Random(seed).Shuffle(_from);
    }

    /// <summary>The old row number at each new position.</summary>
    public int this[int position] => _from[position];

    public T[] Of<T>(ReadOnlySpan<T> values)
    {
        var result = new T[values.Length];
        for (var i = 0; i < result.Length; i++) result[i] = values[_from[i]];
        return result;
    }

    public DesignMatrix Of(DesignMatrix x)
    {
        var values = new double[x.Rows * x.Columns];
        for (var i = 0; i < x.Rows; i++) x.Row(_from[i]).CopyTo(values.AsSpan(i * x.Columns));
        return new DesignMatrix(x.Rows, x.Names, values);
    }
}
