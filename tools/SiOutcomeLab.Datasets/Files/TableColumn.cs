using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Datasets.Files;

/// <summary>One column of a table to be written, whole.</summary>
internal sealed class TableColumn
{
    private readonly Action<ParquetRowGroupWriter> _write;

    private TableColumn(ParquetColumnSpec spec, int rows, Action<ParquetRowGroupWriter> write)
    {
        Spec = spec;
        Rows = rows;
        _write = write;
    }

    public ParquetColumnSpec Spec { get; }

    public int Rows { get; }

    public static TableColumn Of(ParquetColumnSpec spec, int rows, Action<ParquetRowGroupWriter> write) => new(spec, rows, write);

    public static TableColumn Text(string name, IReadOnlyList<string?> values, bool optional = false)
    {
        var copy = values.ToArray();
        return new TableColumn(ParquetColumnSpec.Text(name, optional), copy.Length, group => group.WriteStrings(copy));
    }

    public static TableColumn Dates(string name, IReadOnlyList<DateOnly> values)
    {
        var epoch = new DateOnly(1970, 1, 1).DayNumber;
        var days = values.Select(d => d.DayNumber - epoch).ToArray();
        return new TableColumn(ParquetColumnSpec.Date(name), days.Length, group => group.WriteColumn<int>(days));
    }

    public static TableColumn Periods(string name, IReadOnlyList<Period> values) => Dates(name, [.. values.Select(p => p.Start)]);

    public static TableColumn Numbers<T>(string name, IReadOnlyList<T> values)
        where T : unmanaged
    {
        var copy = values.ToArray();
        return new TableColumn(ParquetColumnSpec.Of<T>(name), copy.Length, group => group.WriteColumn<T>(copy));
    }

    public static TableColumn OptionalNumbers<T>(string name, IReadOnlyList<T?> values)
        where T : unmanaged
    {
        var present = values.Select(v => v.HasValue).ToArray();
        var copy = values.Select(v => v.GetValueOrDefault()).ToArray();
        return new TableColumn(ParquetColumnSpec.Of<T>(name, optional: true), copy.Length, group => group.WriteColumn<T>(copy, present));
    }

    public static TableColumn OptionalDates(string name, IReadOnlyList<DateOnly?> values)
    {
        var epoch = new DateOnly(1970, 1, 1).DayNumber;
        var present = values.Select(v => v.HasValue).ToArray();
        var days = values.Select(v => v.HasValue ? v.Value.DayNumber - epoch : 0).ToArray();
        return new TableColumn(ParquetColumnSpec.Date(name, optional: true), days.Length, group => group.WriteColumn<int>(days, present));
    }

    public void WriteTo(ParquetRowGroupWriter group) => _write(group);
}
