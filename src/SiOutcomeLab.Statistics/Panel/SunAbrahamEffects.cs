namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Interaction-weighted effects.</summary>
public sealed class SunAbrahamEffects
{
    private readonly (int Cohort, int Event, int Place, int Rows)[] _cells;

    internal SunAbrahamEffects(FixedEffectsFit fit, CoefficientCovariance covariance, (int Cohort, int Event, int Place, int Rows)[] cells)
    {
        (Fit, Covariance, _cells) = (fit, covariance, cells);
        Cells = [.. cells.Select(cell => (cell.Cohort, cell.Event, new PointEstimate(fit.Coefficients[cell.Place], covariance.StandardError(cell.Place))))];
        ByEventTime = Average(cell => true, cell => cell.Event);
        ByCohort = Average(cell => cell.Event >= 0, cell => cell.Cohort);
        Overall = Average(cell => cell.Event >= 0, _ => 0) is [var only, ..] ? only.Estimate : null;
    }

    /// <summary>Effect per cohort and event time, by event time and then cohort.</summary>
    public IReadOnlyList<(int Cohort, int EventTime, PointEstimate Estimate)> Cells { get; }

    /// <summary>Average per event time by numbers of rows, ascending.</summary>
    public IReadOnlyList<(int Key, PointEstimate Estimate)> ByEventTime { get; }

    /// <summary>Average per cohort over its treated periods, by numbers of rows.</summary>
    public IReadOnlyList<(int Key, PointEstimate Estimate)> ByCohort { get; }

    /// <summary>Average over all treated rows; null when no treated cell can be told.</summary>
    public PointEstimate? Overall { get; }

    /// <summary>The regression behind.</summary>
    public FixedEffectsFit Fit { get; }

    /// <summary>Covariance of the regression's coefficients, with the standard errors' type and degrees of freedom.</summary>
    public CoefficientCovariance Covariance { get; }

    /// <summary>Units left out because they are treated from the first period on.</summary>
    public int AlwaysTreated { get; internal init; }

    /// <summary>The cohort that serves as comparison because nobody is never treated; else null.</summary>
    public int? LastCohortAsControl { get; internal init; }

    private List<(int Key, PointEstimate Estimate)> Average(
        Func<(int Cohort, int Event, int Place, int Rows), bool> chosen, Func<(int Cohort, int Event, int Place, int Rows), int> key)
    {
        List<(int, PointEstimate)> averages = [];
        foreach (var group in _cells.Where(chosen).GroupBy(key).OrderBy(group => group.Key))
        {
            var total = (double)group.Sum(cell => cell.Rows);
            var weights = new double[Fit.Coefficients.Count];
            foreach (var cell in group) weights[cell.Place] = cell.Rows / total;
            var value = group.Sum(cell => cell.Rows * Fit.Coefficients[cell.Place]) / total;
            averages.Add((group.Key, new PointEstimate(value, Covariance.StandardError(weights))));
        }

        return averages;
    }
}
