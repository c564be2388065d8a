using SiOutcomeLab.Statistics.Effects;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Estimand: effects by event time (and by cohort, and over all treated unit-periods), free of what other event times' effects leak into a
/// dynamic two-way regression.
/// Formula: y = a(unit) + b(period) + Σ δ(g, e)·1{cohort g}·1{event time e} + x'β over all e but the reference, with never-treated units
/// as comparison; then averages of δ(g, e) by numbers of rows.
/// Arguments: see <see cref="Estimate"/>; covariates of rows are further regressors and may change over time.
/// Result: <see cref="SunAbrahamEffects"/>; standard errors clustered on units (or the rows' clusters) with fixest's factor; shares of
/// cohorts are taken as known, as fixest does (the article's eq. 30 adds their variance; <see cref="CallawaySantAnna"/> carries it).
/// Not estimable when: nobody is treated within the periods; nobody is left to compare with; see <see cref="TwoWayFixedEffects"/>.
/// When nobody is never treated, the last cohort is the comparison and periods from its start on are left out.
/// Memory: one column of rows per cohort and event time.
/// Ties, order, seed: none.
/// Source: Sun and Abraham (2021), Journal of Econometrics 225(2), p. 175–199, §4.
/// Checked against: fixest's sunab (1e-7); without covariates and against never treated, equal to <see cref="CallawaySantAnna"/> with a
/// universal base period in a balanced panel.
/// </summary>
public static class SunAbraham
{
    /// <summary>Estimates the effects.</summary>
    /// <param name="rows">The rows; weights are not used.</param>
    /// <param name="reference">Event time whose effect is set to 0, before treatment.</param>
    /// <returns>The effects, or why there are none.</returns>
    public static Estimable<SunAbrahamEffects> Estimate(PanelRows rows, int reference = -1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(reference, 0);
        var until = rows.Periods.Length == 0 ? int.MinValue : rows.Periods[^1];
        var earliest = rows.Periods.Length == 0 ? int.MinValue : rows.Periods[0];
        int? last = null;
        if (rows.FirstTreated.All(first => first <= until))
        {
            last = rows.FirstTreated.DefaultIfEmpty(until).Max();
            until = last.Value - 1;
        }

        // Units treated throughout show no change by treatment.
        var always = rows.FirstTreated.Count(first => first <= earliest);
        int[] kept = [.. Enumerable.Range(0, rows.Rows).Where(i =>
            rows.Periods[rows.PeriodOf[i]] <= until && rows.FirstTreated[rows.UnitOf[i]] > earliest)];
        var cells = new SortedDictionary<(int Event, int Cohort), double[]>();
        for (var k = 0; k < kept.Length; k++)
        {
            var first = rows.FirstTreated[rows.UnitOf[kept[k]]];
            var time = rows.Periods[rows.PeriodOf[kept[k]]] - first;
            if (first > until || time == reference) continue;
            if (!cells.TryGetValue((time, first), out var column)) cells.Add((time, first), column = new double[kept.Length]);
            column[k] = 1;
        }

        if (cells.Count == 0) return Estimable.Not<SunAbrahamEffects>(NotEstimableReason.NoTreated, "No unit begins treatment while others are untreated.");

        List<(string Name, double[] Values)> columns = [.. cells.Select(cell => ($"{cell.Key.Cohort}:{cell.Key.Event}", cell.Value))];
        for (var j = 0; j < (rows.Covariates?.Columns ?? 0); j++)
        {
            columns.Add(($"x:{rows.Covariates!.Names[j]}", [.. kept.Select(i => rows.Covariates[i, j])]));
        }

        int[] units = [.. kept.Select(i => rows.UnitOf[i])];
        var fit = TwoWayFixedEffects.Fit(
            [.. kept.Select(i => rows.Outcome[i])], DesignMatrix.FromColumns(columns), units, [.. kept.Select(i => rows.PeriodOf[i])]);
        return fit.Then(found =>
        {
            int[] clusters = rows.Clusters is null ? [] : [.. units.Select(unit => rows.Clusters[unit])];
            return found.Covariance(StandardErrorType.ClusterHc1, clusters).Map(covariance =>
            {
                var estimated = cells.Keys.Select(key =>
                    (key.Cohort, key.Event, Place: found.Names.IndexOf($"{key.Cohort}:{key.Event}"), Rows: (int)cells[key].Sum()));
                return new SunAbrahamEffects(found, covariance, [.. estimated.Where(cell => cell.Place >= 0)])
                {
                    AlwaysTreated = always, LastCohortAsControl = last
                };
            });
        });
    }

    private static int IndexOf(this IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name) return i;
        }

        return -1;
    }
}
