using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// The plan's covariates as numbers. A number is one column, <c>age_years@1</c>; a category is one indicator per level that occurs but the
/// baseline, in alphabetical order, <c>race_us=white@1</c>; several index periods add one indicator for each but the first.
/// </summary>
internal sealed class DesignBuilder(EvaluationPlan plan, FollowUpTable table)
{
    /// <summary>
    /// The columns that models are given, and those that balance is judged on: the same, and the baseline of each category with more than
    /// two levels, which the others' balance does not vouch for.
    /// </summary>
    public (DesignMatrix Model, DesignMatrix Judged) Build(IReadOnlyList<(int Person, Period IndexPeriod, int Index)> rows)
    {
        var columns = new List<(string Name, double[] Values)>();
        var baselines = new List<(string Name, double[] Values)>();
        foreach (var term in plan.Covariates) AddTerm(term, rows, columns, baselines);
        foreach (var later in rows.Select(r => (r.Index, r.IndexPeriod)).Distinct().OrderBy(r => r.Index).Skip(1))
        {
            columns.Add(($"index={later.IndexPeriod}", [.. rows.Select(r => r.Index == later.Index ? 1.0 : 0.0)]));
        }

        return (DesignMatrix.FromColumns(columns), DesignMatrix.FromColumns([.. columns, .. baselines]));
    }

    private void AddTerm(
        CovariateTerm term,
        IReadOnlyList<(int Person, Period IndexPeriod, int Index)> rows,
        List<(string Name, double[] Values)> columns,
        List<(string Name, double[] Values)> baselines)
    {
        var column = table.Column(term.Variable);
        var values = new double[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = column[table.Cell(rows[i].Person, table.PeriodIndex(rows[i].IndexPeriod.Plus(-term.Lag)))];
        }

        if (!column.IsCategory)
        {
            columns.Add(($"{term.Variable}@{term.Lag}", values));
            return;
        }

        var occurring = values.Distinct().Select(code => (Code: code, Name: column.Levels[(int)code])).OrderBy(l => l.Name, StringComparer.Ordinal).ToArray();
        var baseline = Array.Exists(occurring, l => l.Name == term.Baseline) ? term.Baseline : occurring.FirstOrDefault().Name;
        foreach (var level in occurring)
        {
            if (level.Name == baseline && occurring.Length <= 2) continue;
            (level.Name == baseline ? baselines : columns).Add(($"{term.Variable}={level.Name}@{term.Lag}", [.. values.Select(v => v == level.Code ? 1.0 : 0.0)]));
        }
    }
}
