using System.Runtime.InteropServices;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Outcomes in long form, one row per unit and period: an unbalanced panel, or repeated cross-sections when no units are given.
/// </summary>
public sealed class PanelRows
{
    /// <summary>First treated period of a unit that is never treated.</summary>
    public const int NeverTreated = int.MaxValue;

    /// <summary>Takes the rows; arrays are copied.</summary>
    /// <param name="units">Unit per row, any numbers; empty when every row is a unit of its own.</param>
    /// <param name="periods">Period per row, any integers; the distance between them is not used, event times are differences.</param>
    /// <param name="firstTreated">First period of treatment of the row's unit, or <see cref="NeverTreated"/>.</param>
    /// <param name="outcome">One finite number per row.</param>
    /// <param name="covariates">Covariates per row, without an intercept, or null.</param>
    /// <param name="weights">Positive sampling weight per row, or empty for equal ones.</param>
    /// <param name="clusters">Cluster of the row's unit, or empty.</param>
    /// <exception cref="ArgumentException">
    /// Lengths differ, an outcome is not finite, a weight is not positive, a unit has two rows in a period, or its first treated period or
    /// cluster changes between rows (told by row number).
    /// </exception>
    public PanelRows(
        ReadOnlySpan<long> units,
        ReadOnlySpan<int> periods,
        ReadOnlySpan<int> firstTreated,
        ReadOnlySpan<double> outcome,
        DesignMatrix? covariates = null,
        ReadOnlySpan<double> weights = default,
        ReadOnlySpan<int> clusters = default)
    {
        Rows = outcome.Length;
        RowGuards.Finite(outcome, nameof(outcome));
        RowGuards.SameLength(Rows, periods.Length, nameof(periods));
        RowGuards.SameLength(Rows, firstTreated.Length, nameof(firstTreated));
        if (!units.IsEmpty) RowGuards.SameLength(Rows, units.Length, nameof(units));
        if (covariates is not null) RowGuards.SameLength(Rows, covariates.Rows, nameof(covariates));
        if (!clusters.IsEmpty) RowGuards.SameLength(Rows, clusters.Length, nameof(clusters));
        (Outcome, Covariates, Weights) = (outcome.ToArray(), covariates, PanelGuards.Weights(weights, Rows));
        (Periods, PeriodOf) = Indexed(periods);
        (UnitOf, FirstRow) = Units(units, Rows);
        FirstTreated = PerUnit(firstTreated, nameof(firstTreated));
        Clusters = clusters.IsEmpty ? null : PerUnit(clusters, nameof(clusters));
        if (!units.IsEmpty) RequireOneRowPerPeriod();
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of units.</summary>
    public int UnitCount => FirstRow.Length;

    /// <summary>The periods that occur, ascending.</summary>
    internal int[] Periods { get; }

    internal int[] PeriodOf { get; }

    internal int[] UnitOf { get; }

    /// <summary>Per unit: the row with its earliest period.</summary>
    internal int[] FirstRow { get; }

    /// <summary>Per unit.</summary>
    internal int[] FirstTreated { get; }

    /// <summary>Per unit; null without clusters.</summary>
    internal int[]? Clusters { get; }

    internal double[] Outcome { get; }

    internal DesignMatrix? Covariates { get; }

    internal double[] Weights { get; }

    /// <summary>
    /// The panel of units that have a row in every period. Covariates and weights are those of a unit's earliest row: what changes after
    /// treatment may be its consequence.
    /// </summary>
    /// <returns>The balanced panel; how many units were left out stands in it.</returns>
    public PanelData Balanced()
    {
        var seen = new int[UnitCount];
        foreach (var unit in UnitOf) seen[unit]++;
        var kept = new List<int>(UnitCount);
        var place = new int[UnitCount];
        for (var unit = 0; unit < seen.Length; unit++)
        {
            place[unit] = seen[unit] == Periods.Length ? kept.Count : -1;
            if (place[unit] >= 0) kept.Add(unit);
        }

        var outcome = new double[Periods.Length][];
        for (var t = 0; t < outcome.Length; t++) outcome[t] = new double[kept.Count];
        for (var row = 0; row < Rows; row++)
        {
            if (place[UnitOf[row]] is >= 0 and var at) outcome[PeriodOf[row]][at] = Outcome[row];
        }

        var units = CollectionsMarshal.AsSpan(kept);
        var rows = new int[units.Length];
        var (first, clusters, weights) = (new int[rows.Length], Clusters is null ? [] : new int[rows.Length], new double[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = FirstRow[units[i]];
            (first[i], weights[i]) = (FirstTreated[units[i]], Weights[rows[i]]);
            if (Clusters is not null) clusters[i] = Clusters[units[i]];
        }

        return new PanelData(Periods, outcome, first, Covariates?.SelectRows(rows), weights, clusters) { LeftOut = UnitCount - kept.Count };
    }

    private static (int[] Values, int[] Index) Indexed(ReadOnlySpan<int> periods)
    {
        var numbers = new Dictionary<int, int>();
        for (var i = 0; i < periods.Length; i++) numbers.TryAdd(periods[i], 0);
        int[] values = [.. numbers.Keys.Order()];
        for (var t = 0; t < values.Length; t++) numbers[values[t]] = t;
        var index = new int[periods.Length];
        // Rows mostly come in order of time within their unit.
        for (int i = 0, next = 0; i < index.Length; i++)
        {
            if (next >= values.Length || values[next] != periods[i]) next = numbers[periods[i]];
            index[i] = next++;
        }

        return (values, index);
    }

    private (int[] UnitOf, int[] FirstRow) Units(ReadOnlySpan<long> units, int rows)
    {
        var unitOf = new int[rows];
        if (units.IsEmpty)
        {
            for (var i = 0; i < rows; i++) unitOf[i] = i;
            return (unitOf, (int[])unitOf.Clone());
        }

        var numbers = new Dictionary<long, int>();
        var first = new List<int>();
        for (var i = 0; i < rows; i++)
        {
            if (i > 0 && units[i] == units[i - 1])
            {
                unitOf[i] = unitOf[i - 1];
            }
            else if (!numbers.TryGetValue(units[i], out unitOf[i]))
            {
                numbers.Add(units[i], unitOf[i] = first.Count);
                first.Add(i);
            }

            if (PeriodOf[i] < PeriodOf[first[unitOf[i]]]) first[unitOf[i]] = i;
        }

        return (unitOf, [.. first]);
    }

    private int[] PerUnit(ReadOnlySpan<int> values, string name)
    {
        var perUnit = new int[UnitCount];
        for (var unit = 0; unit < perUnit.Length; unit++) perUnit[unit] = values[FirstRow[unit]];
        for (var i = 0; i < Rows; i++)
        {
            if (values[i] != perUnit[UnitOf[i]])
            {
                throw new ArgumentException($"'{name}' in row {i} differs from the unit's earliest row; it must not change over time.", name);
            }
        }

        return perUnit;
    }

    private void RequireOneRowPerPeriod()
    {
        // One bit per unit and period, more of them than a 32-bit number counts.
        var seen = new ulong[(((long)UnitCount * Periods.Length) + 63) / 64];
        for (var i = 0; i < Rows; i++)
        {
            var at = ((long)UnitOf[i] * Periods.Length) + PeriodOf[i];
            ref var bits = ref seen[at >> 6];
            var bit = 1UL << (int)(at & 63);
            if ((bits & bit) != 0) throw new ArgumentException($"Row {i} is its unit's second row in one period.", "periods");
            bits |= bit;
        }
    }
}
