namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Estimand: the coefficients of y = a(unit) + b(period) + x'β + error; for <see cref="Static"/> that of "is treated". When effects differ
/// between cohorts or grow with time, that one is a weighted mean of effects with weights that may be negative (see
/// <see cref="GoodmanBacon"/>): it stands beside <see cref="CallawaySantAnna"/> for comparison only.
/// Formula: least squares on columns from which both sets of means are taken by alternating projections.
/// Arguments: see the methods; rows need not be balanced; no missing values; no weights.
/// Result: <see cref="FixedEffectsFit"/>, which gives standard errors of several types, clustered on units by default.
/// Not estimable when: the outcome, or every regressor, does not vary within units and periods; no degrees of freedom are left; the
/// projections do not settle.
/// Ties, order, seed: a column that is a combination of earlier ones and the means is dropped and named; one thread.
/// Source: Wooldridge (2010), Econometric Analysis of Cross Section and Panel Data, 2nd ed., §10.5; small-sample factors: Bergé (2018),
/// CREA Discussion Paper 13, as documented for fixest 0.12: parameters of means nested in clusters are not counted.
/// Checked against: fixest (1e-7) and a dense least squares with dummies in the tests.
/// </summary>
public static class TwoWayFixedEffects
{
    /// <summary>Fits any regressors with any two groupings.</summary>
    /// <param name="outcome">One finite number per row.</param>
    /// <param name="regressors">Columns for the same rows, without an intercept.</param>
    /// <param name="units">First grouping, the unit per row.</param>
    /// <param name="periods">Second grouping, the period per row.</param>
    /// <returns>The fit, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an outcome is not finite.</exception>
    public static Estimable<FixedEffectsFit> Fit(
        ReadOnlySpan<double> outcome, DesignMatrix regressors, ReadOnlySpan<int> units, ReadOnlySpan<int> periods)
    {
        ArgumentNullException.ThrowIfNull(regressors);
        RowGuards.Finite(outcome, nameof(outcome));
        RowGuards.SameLength(outcome.Length, regressors.Rows, nameof(regressors));
        RowGuards.SameLength(outcome.Length, units.Length, nameof(units));
        RowGuards.SameLength(outcome.Length, periods.Length, nameof(periods));
        return FixedEffectsFit.From(outcome.ToArray(), regressors, new WithinTransformation(units, periods));
    }

    /// <summary>The static model: one effect of being treated, with the rows' covariates as further regressors.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>The fit; its first coefficient, "treated", is the effect.</returns>
    public static Estimable<FixedEffectsFit> Static(PanelRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var treated = new double[rows.Rows];
        for (var i = 0; i < treated.Length; i++) treated[i] = rows.Periods[rows.PeriodOf[i]] >= rows.FirstTreated[rows.UnitOf[i]] ? 1 : 0;
        return Fit(rows.Outcome, WithCovariates([("treated", treated)], rows), rows.UnitOf, rows.PeriodOf);
    }

    /// <summary>The dynamic model: one effect per event time, the same for all cohorts, against a reference event time.</summary>
    /// <param name="rows">The rows; units never treated have no event time.</param>
    /// <param name="reference">Event time whose effect is set to 0.</param>
    /// <returns>The fit; coefficients are named by event time, ascending.</returns>
    public static Estimable<FixedEffectsFit> EventStudy(PanelRows rows, int reference = -1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var columns = new SortedDictionary<int, double[]>();
        for (var i = 0; i < rows.Rows; i++)
        {
            var first = rows.FirstTreated[rows.UnitOf[i]];
            var time = rows.Periods[rows.PeriodOf[i]] - first;
            if (first == PanelRows.NeverTreated || time == reference) continue;
            if (!columns.TryGetValue(time, out var column)) columns.Add(time, column = new double[rows.Rows]);
            column[i] = 1;
        }

        return Fit(rows.Outcome, WithCovariates([.. columns.Select(pair => ($"{pair.Key}", pair.Value))], rows), rows.UnitOf, rows.PeriodOf);
    }

    internal static DesignMatrix WithCovariates(List<(string Name, double[] Values)> columns, PanelRows rows)
    {
        for (var j = 0; j < (rows.Covariates?.Columns ?? 0); j++) columns.Add((rows.Covariates!.Names[j], rows.Covariates.Column(j).ToArray()));
        return columns.Count == 0 ? new DesignMatrix(rows.Rows, [], []) : DesignMatrix.FromColumns(columns);
    }
}
