namespace SiOutcomeLab.Statistics;

/// <summary>
/// Covariates of persons as numbers: one row per person, one column per covariate, without an intercept (models add their own).
/// Every value is finite: how a missing covariate is handled (an own category, an indicator, a restriction) is decided before this.
/// </summary>
public sealed class DesignMatrix
{
    private readonly double[] _values;
    private readonly string[] _names;
    private readonly ColumnKind[] _kinds;

    /// <summary>Makes a design matrix from row-major values; the array is copied, so later changes to it have no effect.</summary>
    /// <param name="rows">Number of rows, at least 0.</param>
    /// <param name="names">Column names, unique and not empty, in column order.</param>
    /// <param name="values">Row-major, <paramref name="rows"/> × number of names, all finite.</param>
    /// <param name="kinds">Column kinds, or null to detect them: a column holding only 0 and 1 is binary.</param>
    /// <exception cref="ArgumentException">
    /// Lengths disagree, a name is empty or repeated, or a value is NaN or infinite (told by column and row number, never by value).
    /// </exception>
    public DesignMatrix(int rows, IReadOnlyList<string> names, ReadOnlySpan<double> values, IReadOnlyList<ColumnKind>? kinds = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentNullException.ThrowIfNull(names);
        _names = [.. names];
        if (values.Length != (long)rows * _names.Length)
        {
            throw new ArgumentException(
                $"{rows} rows × {_names.Length} columns need {(long)rows * _names.Length} values, but {values.Length} were given.",
                nameof(values));
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in _names)
        {
            if (string.IsNullOrEmpty(name) || !seen.Add(name))
            {
                throw new ArgumentException($"Column names must be unique and not empty; '{name}' is not.", nameof(names));
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    $"Column '{_names[i % _names.Length]}' is NaN or infinite in row {i / _names.Length}; decide on missing values first.",
                    nameof(values));
            }
        }

        Rows = rows;
        _values = values.ToArray();
        if (kinds is not null && kinds.Count != _names.Length)
        {
            throw new ArgumentException($"{_names.Length} columns need as many kinds, but {kinds.Count} were given.", nameof(kinds));
        }

        _kinds = kinds is null ? DetectKinds() : [.. kinds];
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns, the intercept not counted.</summary>
    public int Columns => _names.Length;

    /// <summary>Column names in column order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Column kinds in column order.</summary>
    public IReadOnlyList<ColumnKind> Kinds => _kinds;

    /// <summary>All values, row-major.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>One value.</summary>
    /// <param name="row">Row number from 0.</param>
    /// <param name="column">Column number from 0.</param>
    public double this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)_names.Length, nameof(column));
            return _values[(row * _names.Length) + column];
        }
    }

    /// <summary>Makes a design matrix from whole columns.</summary>
    /// <param name="columns">Name and values of each column; all of one length, all finite.</param>
    /// <param name="kinds">Column kinds, or null to detect them.</param>
    /// <returns>The design matrix.</returns>
    /// <exception cref="ArgumentException">As the constructor; also when columns differ in length.</exception>
    public static DesignMatrix FromColumns(
        IReadOnlyList<(string Name, double[] Values)> columns, IReadOnlyList<ColumnKind>? kinds = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var rows = columns.Count == 0 ? 0 : columns[0].Values.Length;
        var values = new double[rows * columns.Count];
        for (var j = 0; j < columns.Count; j++)
        {
            var column = columns[j].Values;
            if (column.Length != rows)
            {
                throw new ArgumentException(
                    $"Column '{columns[j].Name}' has {column.Length} rows, the first column {rows}.", nameof(columns));
            }

            for (var i = 0; i < rows; i++) values[(i * columns.Count) + j] = column[i];
        }

        return new DesignMatrix(rows, [.. columns.Select(column => column.Name)], values, kinds);
    }

    /// <summary>One row's covariates.</summary>
    /// <param name="row">Row number from 0.</param>
    /// <returns>A view, not a copy.</returns>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * _names.Length, _names.Length);

    /// <summary>A copy of one column.</summary>
    /// <param name="column">Column number from 0.</param>
    /// <returns>The column's values in row order.</returns>
    public double[] Column(int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)_names.Length, nameof(column));
        var copy = new double[Rows];
        for (var i = 0; i < Rows; i++) copy[i] = _values[(i * _names.Length) + column];
        return copy;
    }

    /// <summary>Copies of all columns, made block by block so that each row is fetched from memory once.</summary>
    internal double[][] AllColumns()
    {
        const int BlockRows = 1024;
        var columns = new double[_names.Length][];
        for (var j = 0; j < columns.Length; j++) columns[j] = new double[Rows];
        for (var start = 0; start < Rows; start += BlockRows)
        {
            var end = Math.Min(Rows, start + BlockRows);
            for (var j = 0; j < columns.Length; j++)
            {
                var column = columns[j];
                for (int i = start, at = (start * columns.Length) + j; i < end; i++, at += columns.Length) column[i] = _values[at];
            }
        }

        return columns;
    }

    private ColumnKind[] DetectKinds()
    {
        var kinds = new ColumnKind[_names.Length];
        Array.Fill(kinds, Rows == 0 ? ColumnKind.Continuous : ColumnKind.Binary);
        for (var i = 0; i < _values.Length; i++)
        {
            if (_values[i] is not (0.0 or 1.0)) kinds[i % _names.Length] = ColumnKind.Continuous;
        }

        return kinds;
    }
}
