namespace SiOutcomeLab.Statistics;

/// <summary>
/// Covariates of persons as numbers: one row per person, one column per covariate, without an intercept (models add their own).
/// Stored column by column, once: models standardise block by block while they read, so that the data stand in memory only here. Every
/// value is finite: how a missing covariate is handled (an own category, an indicator, a restriction) is decided before this.
/// </summary>
public sealed class DesignMatrix
{
    private const int BlockRows = 1024;

    private readonly double[][] _columns;
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
        if (values.Length != (long)rows * names.Count)
        {
            throw new ArgumentException(
                $"{rows} rows × {names.Count} columns need {(long)rows * names.Count} values, but {values.Length} were given.",
                nameof(values));
        }

        Rows = rows;
        _names = Checked(names);
        _columns = Transposed(rows, _names.Length, values);
        for (var j = 0; j < _columns.Length; j++) RequireFinite(_names[j], _columns[j], nameof(values));
        _kinds = Kept(kinds);
    }

    private DesignMatrix(int rows, string[] names, double[][] columns, IReadOnlyList<ColumnKind>? kinds)
    {
        (Rows, _names, _columns) = (rows, names, columns);
        _kinds = Kept(kinds);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns, the intercept not counted.</summary>
    public int Columns => _names.Length;

    /// <summary>Column names in column order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Column kinds in column order.</summary>
    public IReadOnlyList<ColumnKind> Kinds => _kinds;

    /// <summary>One value.</summary>
    /// <param name="row">Row number from 0.</param>
    /// <param name="column">Column number from 0.</param>
    public double this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)_names.Length, nameof(column));
            return _columns[column][row];
        }
    }

    /// <summary>Makes a design matrix from whole columns; they are copied, so later changes to them have no effect.</summary>
    /// <param name="columns">Name and values of each column; all of one length, all finite.</param>
    /// <param name="kinds">Column kinds, or null to detect them.</param>
    /// <returns>The design matrix.</returns>
    /// <exception cref="ArgumentException">As the constructor; also when columns differ in length.</exception>
    public static DesignMatrix FromColumns(
        IReadOnlyList<(string Name, double[] Values)> columns, IReadOnlyList<ColumnKind>? kinds = null) =>
        Of(columns, kinds, values => (double[])values.Clone());

    /// <summary>Makes a design matrix of columns that are handed over: kept and not copied, so nobody may change them any more.</summary>
    /// <param name="columns">Name and values of each column; all of one length, all finite.</param>
    /// <param name="kinds">Column kinds, or null to detect them.</param>
    /// <returns>The design matrix.</returns>
    /// <exception cref="ArgumentException">As the constructor; also when columns differ in length.</exception>
    public static DesignMatrix Keeping(IReadOnlyList<(string Name, double[] Values)> columns, IReadOnlyList<ColumnKind>? kinds = null) =>
        Of(columns, kinds, values => values);

    /// <summary>One column.</summary>
    /// <param name="column">Column number from 0.</param>
    /// <returns>A view of the column's values in row order, not a copy.</returns>
    public ReadOnlySpan<double> Column(int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)_names.Length, nameof(column));
        return _columns[column];
    }

    /// <summary>Copies one row's covariates.</summary>
    /// <param name="row">Row number from 0.</param>
    /// <param name="values">Where to: one value per column.</param>
    public void CopyRow(int row, Span<double> values)
    {
        for (var j = 0; j < _columns.Length; j++) values[j] = _columns[j][row];
    }

    /// <summary>A design matrix of some of the rows, with the same columns and kinds.</summary>
    /// <param name="rows">Row numbers from 0, in the wanted order; a row may come several times.</param>
    /// <returns>The new matrix; its values are copies.</returns>
    public DesignMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        var columns = new double[_columns.Length][];
        for (var j = 0; j < columns.Length; j++)
        {
            var (from, to) = (_columns[j], new double[rows.Length]);
            for (var i = 0; i < to.Length; i++) to[i] = from[rows[i]];
            columns[j] = to;
        }

        return new DesignMatrix(rows.Length, _names, columns, _kinds);
    }

    /// <summary>This matrix with more columns; the present ones are shared, the new ones kept, not copied.</summary>
    internal DesignMatrix With(IReadOnlyList<(string Name, double[] Values)> more)
    {
        foreach (var (name, values) in more) RequireFinite(name, values, nameof(more));
        return new DesignMatrix(
            Rows,
            Checked([.. _names, .. more.Select(column => column.Name)]),
            [.. _columns, .. more.Select(column => column.Values)],
            [.. _kinds, .. more.Select(column => IsBinary(column.Values) ? ColumnKind.Binary : ColumnKind.Continuous)]);
    }

    /// <summary>The same columns behind a first one; nothing is copied.</summary>
    internal DesignMatrix WithFirst(string name, double[] values)
    {
        while (_names.Contains(name)) name += "_";
        return new DesignMatrix(Rows, [name, .. _names], [values, .. _columns], [ColumnKind.Continuous, .. _kinds]);
    }

    private static DesignMatrix Of(
        IReadOnlyList<(string Name, double[] Values)> columns, IReadOnlyList<ColumnKind>? kinds, Func<double[], double[]> keep)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var rows = columns.Count == 0 ? 0 : columns[0].Values.Length;
        var kept = new double[columns.Count][];
        for (var j = 0; j < kept.Length; j++)
        {
            var (name, values) = columns[j];
            if (values.Length != rows)
            {
                throw new ArgumentException($"Column '{name}' has {values.Length} rows, the first column {rows}.", nameof(columns));
            }

            RequireFinite(name, values, nameof(columns));
            kept[j] = keep(values);
        }

        return new DesignMatrix(rows, Checked([.. columns.Select(column => column.Name)]), kept, kinds);
    }

    private static double[][] Transposed(int rows, int width, ReadOnlySpan<double> values)
    {
        var columns = new double[width][];
        for (var j = 0; j < width; j++) columns[j] = new double[rows];
        // Block by block, so that each row is fetched from memory once.
        for (var start = 0; start < rows; start += BlockRows)
        {
            var end = Math.Min(rows, start + BlockRows);
            for (var j = 0; j < width; j++)
            {
                var column = columns[j];
                for (int i = start, at = (start * width) + j; i < end; i++, at += width) column[i] = values[at];
            }
        }

        return columns;
    }

    private static string[] Checked(IReadOnlyList<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (string.IsNullOrEmpty(name) || !seen.Add(name))
            {
                throw new ArgumentException($"Column names must be unique and not empty; '{name}' is not.", nameof(names));
            }
        }

        return [.. names];
    }

    private static void RequireFinite(string name, ReadOnlySpan<double> values, string argument)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"Column '{name}' is NaN or infinite in row {i}; decide on missing values first.", argument);
            }
        }
    }

    private ColumnKind[] Kept(IReadOnlyList<ColumnKind>? kinds)
    {
        if (kinds is not null && kinds.Count != _names.Length)
        {
            throw new ArgumentException($"{_names.Length} columns need as many kinds, but {kinds.Count} were given.", nameof(kinds));
        }

        return kinds is not null
            ? [.. kinds]
            : [.. _columns.Select(c => Rows > 0 && IsBinary(c) ? ColumnKind.Binary : ColumnKind.Continuous)];
    }

    private static bool IsBinary(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (value is not (0.0 or 1.0)) return false;
        }

        return true;
    }
}
