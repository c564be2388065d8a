using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Turns one column's cells into the contract's values and gathers them for a row group. A cell is first taken, then, when the whole
/// row can be, kept: a row is in every column or in none.
/// </summary>
internal abstract class ColumnBuilder(ParquetColumnSpec spec)
{
    /// <summary>Rows of a row group: the memory that a table needs, however long it is.</summary>
    public const int MostRows = 65_536;

    public ParquetColumnSpec Spec => spec;

    /// <summary>Reads a cell into the waiting place.</summary>
    /// <param name="cell">The cell without blanks around it; empty for nothing.</param>
    public abstract SourceFault Take(ReadOnlySpan<char> cell);

    /// <summary>Keeps what waits as the next row.</summary>
    public abstract void Keep();

    /// <summary>Writes the kept rows as the next column of a row group and forgets them.</summary>
    public abstract void Write(ParquetRowGroupWriter group);
}

/// <summary>A column of fixed-width values.</summary>
/// <typeparam name="T">The stored type.</typeparam>
internal sealed class ValueBuilder<T>(ParquetColumnSpec spec, ValueBuilder<T>.Reader read) : ColumnBuilder(spec)
    where T : unmanaged
{
    private readonly T[] _values = new T[MostRows];
    private readonly bool[] _present = new bool[MostRows];
    private int _rows;
    private T _value;
    private bool _has;

    /// <summary>Reads a cell that is not empty.</summary>
    public delegate SourceFault Reader(ReadOnlySpan<char> cell, out T value);

    public override SourceFault Take(ReadOnlySpan<char> cell)
    {
        _has = !cell.IsEmpty;
        if (_has) return read(cell, out _value);
        _value = default;
        return Spec.IsOptional ? SourceFault.None : SourceFault.ValueMissing;
    }

    public override void Keep()
    {
        _values[_rows] = _value;
        _present[_rows++] = _has;
    }

    public override void Write(ParquetRowGroupWriter group)
    {
        group.WriteColumn<T>(_values.AsSpan(0, _rows), Spec.IsOptional ? _present.AsSpan(0, _rows) : default);
        _rows = 0;
    }
}

/// <summary>A column of texts.</summary>
internal sealed class TextBuilder(ParquetColumnSpec spec, TextBuilder.Reader read) : ColumnBuilder(spec)
{
    private readonly string?[] _values = new string?[MostRows];
    private int _rows;
    private string? _value;

    /// <summary>Reads a cell that is not empty.</summary>
    public delegate SourceFault Reader(ReadOnlySpan<char> cell, out string? value);

    public override SourceFault Take(ReadOnlySpan<char> cell)
    {
        _value = null;
        if (!cell.IsEmpty) return read(cell, out _value);
        return Spec.IsOptional ? SourceFault.None : SourceFault.ValueMissing;
    }

    public override void Keep() => _values[_rows++] = _value;

    public override void Write(ParquetRowGroupWriter group)
    {
        group.WriteStrings(_values.AsSpan(0, _rows));
        _rows = 0;
    }
}
