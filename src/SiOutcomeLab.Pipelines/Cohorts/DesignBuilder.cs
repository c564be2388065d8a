using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// The plan's covariates as numbers. A number is one column, <c>age_years@1</c>; a category is one indicator per level that occurs but the
/// baseline, in alphabetical order, <c>race_us=white@1</c>; several index periods add one indicator for each but the first.
/// </summary>
internal static class DesignBuilder
{
    /// <summary>
    /// The columns that models are given, and those that balance is judged on: the same, and the baseline of each category with more than
    /// two levels, which the others' balance does not vouch for.
    /// </summary>
    /// <param name="rows">The trials.</param>
    /// <param name="chosen">The rows that are in, in order.</param>
    public static (DesignMatrix Model, DesignMatrix Judged) Build(TrialRows rows, int[] chosen)
    {
        var columns = rows.Plan.Covariates.Select(c => rows.View.Store.Column(c.Variable)).ToArray();
        return Build(
            rows.Plan.Covariates,
            [.. columns.Select(c => c.IsCategory ? c.Levels : null)],
            [.. rows.Terms.Select(values => Of(values, chosen))],
            rows.Trials,
            Of(rows.Index, chosen));
    }

    /// <summary>As the other, from values wherever they come from.</summary>
    /// <param name="terms">The covariates.</param>
    /// <param name="levels">By covariate, the names of a category's codes; null for a number.</param>
    /// <param name="values">By covariate, its values or codes by row.</param>
    /// <param name="trials">The index periods.</param>
    /// <param name="index">By row, its trial.</param>
    public static (DesignMatrix Model, DesignMatrix Judged) Build(
        IReadOnlyList<CovariateTerm> terms, IReadOnlyList<string>?[] levels, double[][] values, IReadOnlyList<Period> trials, int[] index)
    {
        var columns = new List<(string Name, double[] Values)>();
        var baselines = new List<(string Name, double[] Values)>();
        for (var j = 0; j < terms.Count; j++) AddTerm(terms[j], levels[j], values[j], columns, baselines);
        AddTrials(trials, index, columns);
        return (DesignMatrix.Keeping(columns), DesignMatrix.Keeping([.. columns, .. baselines]));
    }

    public static T[] Of<T>(T[] values, int[] chosen)
    {
        if (chosen.Length == values.Length) return values;
        var result = new T[chosen.Length];
        for (var i = 0; i < result.Length; i++) result[i] = values[chosen[i]];
        return result;
    }

    private static void AddTerm(
        CovariateTerm term,
        IReadOnlyList<string>? levels,
        double[] values,
        List<(string Name, double[] Values)> columns,
        List<(string Name, double[] Values)> baselines)
    {
        if (levels is null)
        {
            columns.Add(($"{term.Variable}@{term.Lag}", values));
            return;
        }

        var occurs = new bool[levels.Count];
        foreach (var value in values) occurs[(int)value] = true;
        var occurring = levels.Select((name, code) => (Code: code, Name: name)).Where(l => occurs[l.Code])
            .OrderBy(l => l.Name, StringComparer.Ordinal).ToArray();
        var baseline = Array.Exists(occurring, l => l.Name == term.Baseline) ? term.Baseline : occurring.FirstOrDefault().Name;
        foreach (var level in occurring)
        {
            if (level.Name == baseline && occurring.Length <= 2) continue;
            (level.Name == baseline ? baselines : columns).Add(($"{term.Variable}={level.Name}@{term.Lag}", Indicator(values, level.Code)));
        }
    }

    // Only trials that have a row: the first of them is the one without an indicator.
    private static void AddTrials(IReadOnlyList<Period> trials, int[] index, List<(string Name, double[] Values)> columns)
    {
        var occurs = new bool[trials.Count];
        foreach (var trial in index) occurs[trial] = true;
        foreach (var trial in Enumerable.Range(0, trials.Count).Where(t => occurs[t]).Skip(1))
        {
            var values = new double[index.Length];
            for (var i = 0; i < values.Length; i++) values[i] = index[i] == trial ? 1 : 0;
            columns.Add(($"index={trials[trial]}", values));
        }
    }

    private static double[] Indicator(double[] values, int code)
    {
        var result = new double[values.Length];
        for (var i = 0; i < result.Length; i++) result[i] = values[i] == code ? 1 : 0;
        return result;
    }
}
