using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Attrition;

/// <summary>
/// Estimand: changes with the method; see <see cref="MissingDataAssumption"/>.
/// Formula: complete case keeps rows without a gap; missing indicator puts the column's observed mean into gaps and adds a 0/1 column per
/// pattern of gaps (columns always missing together share one).
/// Arguments: columns of one length; NaN is a gap. Result: <see cref="CompletedDesign"/>, which carries method and assumption along.
/// Not estimable when: no row is complete, or a column has no value at all.
/// Ties, order, seed: none.
/// Source: Little (1992), JASA 87(420), p. 1227–1237 (complete cases); Rosenbaum and Rubin (1984), JASA 79(387), p. 516–524, appendix B
/// (balancing on what is missing). Checked against: hand computation and a simulation where each assumption holds, in the tests.
/// Multiple imputation would be a third maker of the same result.
/// </summary>
public static class MissingCovariates
{
    /// <summary>Suffix of the name of a column that says where another was missing.</summary>
    public const string IndicatorSuffix = " (missing)";

    /// <summary>Keeps complete rows.</summary>
    /// <param name="columns">Names and values; NaN where missing.</param>
    /// <returns>The design, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value is infinite.</exception>
    public static Estimable<CompletedDesign> CompleteCase(IReadOnlyList<(string Name, double[] Values)> columns)
    {
        var missing = Guard(columns);
        var all = columns.Count == 0 ? 0 : columns[0].Values.Length;
        int[] rows = [.. Enumerable.Range(0, all).Where(i => columns.All(column => !double.IsNaN(column.Values[i])))];
        if (rows.Length == 0 && all > 0)
        {
            return Estimable.Not<CompletedDesign>(NotEstimableReason.TooFewObservations, $"None of {all} rows is complete.");
        }

        var kept = columns.Select(column => (column.Name, rows.Select(row => column.Values[row]).ToArray())).ToArray();
        return Estimable.Of(new CompletedDesign
        {
            X = DesignMatrix.FromColumns(kept),
            Rows = rows,
            Method = MissingCovariateMethod.CompleteCase,
            Assumption = Assumption(missing, MissingDataAssumption.CompletenessIndependentOfOutcome),
            Missing = missing,
            RowsLost = all - rows.Length
        });
    }

    /// <summary>Fills gaps and says where they were.</summary>
    /// <param name="columns">Names and values; NaN where missing.</param>
    /// <returns>The design, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value is infinite.</exception>
    public static Estimable<CompletedDesign> Indicator(IReadOnlyList<(string Name, double[] Values)> columns)
    {
        var missing = Guard(columns);
        var all = columns.Count == 0 ? 0 : columns[0].Values.Length;
        List<(string Name, double[] Values)> filled = [];
        List<(string Name, double[] Values)> indicators = [];
        for (var j = 0; j < columns.Count; j++)
        {
            var (name, values) = columns[j];
            if (missing[j].Missing == 0)
            {
                filled.Add((name, values));
                continue;
            }

            if (missing[j].Missing == all)
            {
                return Estimable.Not<CompletedDesign>(NotEstimableReason.NoVariation, $"Column '{name}' has no value at all.");
            }

            filled.Add((name, Filled(values, all - missing[j].Missing)));
            double[] gaps = [.. values.Select(value => double.IsNaN(value) ? 1.0 : 0)];
            if (!indicators.Any(other => other.Values.AsSpan().SequenceEqual(gaps))) indicators.Add((name + IndicatorSuffix, gaps));
        }

        return Estimable.Of(new CompletedDesign
        {
            X = DesignMatrix.FromColumns([.. filled, .. indicators]),
            Rows = [.. Enumerable.Range(0, all)],
            Method = MissingCovariateMethod.MissingIndicator,
            Assumption = Assumption(missing, MissingDataAssumption.HiddenValueDoesNotConfound),
            Missing = missing,
            RowsLost = 0
        });
    }

    private static double[] Filled(double[] values, int present)
    {
        CompensatedSum sum = default;
        foreach (var value in values)
        {
            if (!double.IsNaN(value)) sum.Add(value);
        }

        var mean = sum.Value / present;
        return [.. values.Select(value => double.IsNaN(value) ? mean : value)];
    }

    private static MissingDataAssumption Assumption((string Column, int Missing)[] missing, MissingDataAssumption otherwise) =>
        missing.All(column => column.Missing == 0) ? MissingDataAssumption.NothingMissing : otherwise;

    private static (string Column, int Missing)[] Guard(IReadOnlyList<(string Name, double[] Values)> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var (name, values) in columns)
        {
            RowGuards.SameLength(columns[0].Values.Length, values.Length, name);
            for (var i = 0; i < values.Length; i++)
            {
                if (double.IsInfinity(values[i])) throw new ArgumentException($"Column '{name}' is infinite in row {i}.", nameof(columns));
            }
        }

        return [.. columns.Select(column => (column.Name, column.Values.Count(double.IsNaN)))];
    }
}
