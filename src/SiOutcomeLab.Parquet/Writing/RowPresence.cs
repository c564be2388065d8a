using System.Buffers;

namespace SiOutcomeLab.Parquet;

/// <summary>Which rows have a value, also where the caller left it out because all have.</summary>
internal readonly ref struct RowPresence
{
    private readonly bool[]? _rented;

    public RowPresence(ReadOnlySpan<bool> present, int rows)
    {
        if (present.IsEmpty && rows > 0)
        {
            _rented = ArrayPool<bool>.Shared.Rent(rows);
            _rented.AsSpan(0, rows).Fill(true);
            Span = _rented.AsSpan(0, rows);
            Count = rows;
        }
        else
        {
            Span = present;
            Count = present.Count(true);
        }
    }

    /// <summary>One entry a row.</summary>
    public ReadOnlySpan<bool> Span { get; }

    /// <summary>Rows that have a value.</summary>
    public int Count { get; }

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<bool>.Shared.Return(_rented);
    }
}
