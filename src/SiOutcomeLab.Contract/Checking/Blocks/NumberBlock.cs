using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>The next rows of a column of fixed-width values.</summary>
/// <typeparam name="T">The physical type's own: bool, int, long, float or double.</typeparam>
public sealed class NumberBlock<T> : ColumnBlock
    where T : unmanaged
{
    private readonly T[] _values;
    private ColumnReader<T>? _open;

    internal NumberBlock(ParquetReader reader, ParquetColumn column)
        : base(reader, column) => _values = new T[Capacity];

    /// <summary>One value a row; <c>default</c> where the row is null.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, Rows);

    private protected override bool IsOpen => _open is not null;

    private protected override void Clear()
    {
    }

    private protected override void Open(ParquetRowGroup group) => _open = group.Column<T>(Column.Index);

    private protected override void Close()
    {
        _open?.Dispose();
        _open = null;
    }

    private protected override int Read(int at, Span<bool> present) => _open!.Read(_values.AsSpan(at, present.Length), present);
}
