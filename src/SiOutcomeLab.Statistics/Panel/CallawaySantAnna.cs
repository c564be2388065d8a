using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Estimand: ATT(g, t), the average effect in period t on units first treated in g, when without treatment their mean outcome, given
/// covariates, would have changed from the base period to t as that of the control group did.
/// Formula: for each g and t the difference in differences of <see cref="DifferenceInDifferences"/> between the base period and t, of
/// cohort g against never-treated or not-yet-treated units; see <see cref="CallawaySantAnnaOptions"/>.
/// Arguments: see the methods; covariates of units are from before treatment; no missing values.
/// Result: <see cref="GroupTimeEffects"/>, with aggregations, pre-test and uniform bands; standard errors √(Σφ²) of influence values.
/// Memory: one number per cell and member of its comparison, next to the data.
/// Not estimable when: fewer than two periods, or clusters; no cohort begins treatment after the first period; nobody is never treated
/// where the never-treated are asked for. With not-yet-treated controls the last cohort then serves as comparison only, up to its start. Single
/// cells are refused for the reasons of <see cref="DifferenceInDifferences"/> and leave the others as they are.
/// Ties, order, seed: none; cells run in parallel and each on one thread, so threads change nothing.
/// Source: Callaway and Sant'Anna (2021), Journal of Econometrics 225(2), p. 200–230, eq. 2.2–2.4 and 4.1–4.4.
/// Checked against: did 2.5.1 (1e-7) and a naive cell-by-cell computation in the tests. In cross-sections and unbalanced panels the doubly
/// robust standard error differs from did's where DRDID's influence function has a wrong sign (see <see cref="DifferenceInDifferences"/>).
/// </summary>
public static class CallawaySantAnna
{
    /// <summary>Estimates all ATT(g, t) of a balanced panel.</summary>
    /// <param name="data">The panel; <see cref="PanelRows.Balanced"/> makes one of rows.</param>
    /// <param name="options">Choices, or null for the defaults.</param>
    /// <param name="threads">Most threads, or null for the machine's; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work between comparisons.</param>
    /// <returns>The effects, or why there are none.</returns>
    public static Estimable<GroupTimeEffects> Estimate(
        PanelData data, CallawaySantAnnaOptions? options = null, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new CallawaySantAnnaOptions();
        if (OneCluster(data.Clusters) is { } one) return one;

        return CohortPlan.From(data.Periods, data.FirstTreated, options).Map(plan =>
        {
            var members = Members(plan, data.FirstTreated);
            var jobs = plan.Treated
                .SelectMany(cohort => plan.Cells(cohort).Select(cell => (Cohort: cohort, Cell: cell)))
                .GroupBy(pair => (pair.Cohort, pair.Cell.FirstControl), pair => (pair.Cell.Period, pair.Cell.Base))
                .ToArray();
            var results = new GroupTimeEffect[jobs.Length][];
            Parallel.For(0, jobs.Length, Parallelism(threads, cancellationToken), i =>
            {
                results[i] = Compare(data, plan, members, jobs[i].Key.Cohort, jobs[i].Key.FirstControl, [.. jobs[i]], options.Method);
            });
            var units = new UnitClusters(data.Units, data.Clusters);
            return new GroupTimeEffects(plan, options, Ordered(results), data.FirstTreated, data.Weights, units) { LeftOut = data.LeftOut };
        });
    }

    /// <summary>
    /// Estimates all ATT(g, t) of repeated cross-sections, or of an unbalanced panel without leaving units out: each cell uses the rows
    /// there are in its two periods, and a unit's rows are summed for the standard error.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="options">Choices, or null for the defaults; not <see cref="DifferenceMethod.HorvitzThompson"/>.</param>
    /// <param name="threads">Most threads, or null for the machine's; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work between cells.</param>
    /// <returns>The effects, or why there are none.</returns>
    /// <exception cref="ArgumentException">The method is for panels only.</exception>
    public static Estimable<GroupTimeEffects> EstimateCrossSections(
        PanelRows rows, CallawaySantAnnaOptions? options = null, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new CallawaySantAnnaOptions();
        DifferenceInDifferences.RequireForCrossSections(options.Method);
        if (OneCluster(rows.Clusters) is { } one) return one;

        return CohortPlan.From(rows.Periods, rows.FirstTreated, options).Map(plan =>
        {
            var cells = plan.Treated.SelectMany(cohort => plan.Cells(cohort).Select(cell => (Cohort: cohort, Cell: cell))).ToArray();
            var cohortOf = rows.FirstTreated.Select(first => Array.BinarySearch(plan.Cohorts, first)).ToArray();
            var results = new GroupTimeEffect[cells.Length];
            Parallel.For(0, cells.Length, Parallelism(threads, cancellationToken), i =>
            {
                var (cohort, cell) = cells[i];
                results[i] = CrossSection(rows, plan, cohortOf, cohort, cell, options.Method);
            });
            var units = new UnitClusters(rows.UnitCount, rows.Clusters);
            return new GroupTimeEffects(plan, options, Ordered([results]), rows.FirstTreated, UnitWeights(rows), units);
        });
    }

    private static NotEstimable<GroupTimeEffects>? OneCluster(int[]? clusters) =>
        clusters is [var first, ..] && !clusters.AsSpan().ContainsAnyExcept(first)
        ? new(NotEstimableReason.TooFewObservations, "All units are in one cluster, so nothing tells how much clusters differ.")
        : null;

    private static ParallelOptions Parallelism(int? threads, CancellationToken cancellationToken)
    {
        if (threads is { } most) ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(threads));
        return new ParallelOptions
        {
            MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount, CancellationToken = cancellationToken
        };
    }

    private static GroupTimeEffect[] Ordered(GroupTimeEffect[][] results) =>
        [.. results.SelectMany(cells => cells).OrderBy(cell => cell.Group).ThenBy(cell => cell.Period)];

    private static int[][] Members(CohortPlan plan, int[] firstTreated)
    {
        var members = plan.Cohorts.Select(_ => new List<int>()).ToArray();
        for (var unit = 0; unit < firstTreated.Length; unit++)
        {
            if (Array.BinarySearch(plan.Cohorts, firstTreated[unit]) is >= 0 and var cohort) members[cohort].Add(unit);
        }

        return [.. members.Select(list => list.ToArray())];
    }

    private static GroupTimeEffect[] Compare(
        PanelData data, CohortPlan plan, int[][] members, int cohort, int firstControl, (int Period, int Base)[] cells,
        DifferenceMethod method)
    {
        var treated = members[cohort].Length;
        int[] units = [.. members[cohort]];
        for (var other = 0; other < members.Length; other++)
        {
            if (CohortPlan.IsControl(other, cohort, firstControl)) units = [.. units, .. members[other]];
        }

        var arm = new bool[units.Length];
        arm.AsSpan(0, treated).Fill(true);
        var weights = new double[units.Length];
        for (var i = 0; i < weights.Length; i++) weights[i] = data.Weights[units[i]];
        var design = ContrastDesign.From(data.Covariates?.SelectRows(units), arm, weights);
        var contrast = PanelContrast.From(design, method);
        var change = new double[units.Length];
        return [.. cells.Select(cell =>
        {
            var influence = cell.Period == cell.Base ? [] : new double[units.Length];
            var effect = cell.Period == cell.Base ? Estimable.Of(default(PointEstimate)) : contrast.Map(fit =>
            {
                var (after, before) = (data.Outcome[cell.Period], data.Outcome[cell.Base]);
                for (var i = 0; i < units.Length; i++) change[i] = after[units[i]] - before[units[i]];
                return new PointEstimate(fit.Estimate(change, influence), double.NaN);
            });
            return new GroupTimeEffect(plan.Cohorts[cohort], plan.Periods[cell.Period], plan.Periods[cell.Base], effect)
            {
                Treated = treated, Comparison = units.Length - treated, Influence = influence, Units = influence.Length == 0 ? [] : units
            };
        })];
    }

    private static GroupTimeEffect CrossSection(
        PanelRows rows, CohortPlan plan, int[] cohortOf, int cohort, (int Period, int Base, int FirstControl) cell, DifferenceMethod method)
    {
        var used = new List<int>();
        for (var i = 0; i < rows.Rows && cell.Period != cell.Base; i++)
        {
            var inPeriod = rows.PeriodOf[i] == cell.Period || rows.PeriodOf[i] == cell.Base;
            var other = cohortOf[rows.UnitOf[i]];
            if (inPeriod && other >= 0 && (other == cohort || CohortPlan.IsControl(other, cohort, cell.FirstControl))) used.Add(i);
        }

        int[] row = [.. used];
        bool[] treated = [.. row.Select(i => cohortOf[rows.UnitOf[i]] == cohort)];
        var effect = Estimable.Of((Effect: 0.0, Influence: Array.Empty<double>()));
        if (cell.Period != cell.Base)
        {
            var design = ContrastDesign.From(rows.Covariates?.SelectRows(row), treated, [.. row.Select(i => rows.Weights[i])]);
            bool[] after = [.. row.Select(i => rows.PeriodOf[i] == cell.Period)];
            effect = CrossSectionContrast.Estimate(design, after, [.. row.Select(i => rows.Outcome[i])], method);
        }

        var influence = effect.Match(found => found.Influence, (_, _) => []);
        return new GroupTimeEffect(
            plan.Cohorts[cohort], plan.Periods[cell.Period], plan.Periods[cell.Base],
            effect.Map(found => new PointEstimate(found.Effect, double.NaN)))
        {
            Treated = treated.Count(true),
            Comparison = treated.Count(false),
            Influence = influence,
            Units = influence.Length == 0 ? [] : [.. row.Select(i => rows.UnitOf[i])],
            UnitsRepeat = true
        };
    }

    private static double[] UnitWeights(PanelRows rows)
    {
        var (sums, counts) = (new double[rows.UnitCount], new int[rows.UnitCount]);
        for (var i = 0; i < rows.Rows; i++)
        {
            sums[rows.UnitOf[i]] += rows.Weights[i];
            counts[rows.UnitOf[i]]++;
        }

        return [.. sums.Zip(counts, (sum, count) => sum / count)];
    }
}
