using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>Holds a submission's figures against <see cref="SoftRules"/> and against the organisation's earlier submissions.</summary>
internal sealed class SoftChecks(SubmissionFigures figures, IReadOnlyList<SubmissionFigures> earlier, FindingLog log)
{
    private const SubmissionPart Part = SubmissionPart.Observations;

    public void Run(IEnumerable<MeasureTally> tallies)
    {
        CheckRows();
        foreach (var measure in figures.Periods.SelectMany(p => p.Measures).Select(m => m.Measure).Distinct().ToList())
        {
            Tell(
                SoftRules.MostlyMissing, measure, Mine(measure).Where(m => m.Figures.Missing > SoftRules.MostMissing),
                PlainNumber.Fixed(100 * SoftRules.MostMissing, 0));
            CheckShift(measure);
        }

        foreach (var tally in tallies) CheckValues(tally);
    }

    private void CheckRows()
    {
        // Earlier periods, then this submission's: its own word counts where it sends a period again.
        var rows = new SortedDictionary<Period, long>();
        foreach (var period in earlier.Append(figures).SelectMany(f => f.Periods)) rows[period.Period] = period.Rows;
        var jumps = figures.Periods
            .Select(p => (p.Period, p.Rows, Before: rows.GetValueOrDefault(p.Period.Plus(-1))))
            .Where(p => p.Rows > 0 && p.Before > 0)
            .Where(p => Math.Max(p.Rows, p.Before) > SoftRules.RowsRatio * Math.Min(p.Rows, p.Before))
            .Select(p => p.Period)
            .ToList();
        Tell(SoftRules.RowsJump, ContractColumns.PeriodStart, jumps, PlainNumber.Fixed(SoftRules.RowsRatio, 1));
    }

    private void CheckShift(string measure)
    {
        var before = earlier.SelectMany(f => f.Periods).SelectMany(p => p.Measures).Where(m => m.Measure == measure).ToList();
        var mine = Mine(measure).ToList();
        Tell(
            SoftRules.ShiftedMissing, measure, mine.Where(m => Differs(m, before, mine, f => f.Missing, null, 0.03, SoftRules.ShareShift)),
            PlainNumber.Fixed(100 * SoftRules.ShareShift, 0));
        Tell(
            SoftRules.ShiftedZeros, measure, mine.Where(m => Differs(m, before, mine, f => f.Zeros, null, 0.03, SoftRules.ShareShift)),
            PlainNumber.Fixed(100 * SoftRules.ShareShift, 0));
        Tell(
            SoftRules.ShiftedMean, measure, mine.Where(m => Differs(m, before, mine, f => f.Mean, f => f.Sd, 0.1, SoftRules.MeanShift)),
            PlainNumber.Fixed(SoftRules.MeanShift, 1));
    }

    /// <summary>
    /// Whether a figure differs from the usual one: the median of the earlier submissions' periods, or of this submission's other periods
    /// when there are at least three and nothing earlier.
    /// </summary>
    /// <param name="one">The period judged.</param>
    /// <param name="before">The earlier submissions' figures of the measure.</param>
    /// <param name="mine">This submission's.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="deviation">The standard deviation of persons, which differences of means are told in; null for a share.</param>
    /// <param name="least">The smallest spread between periods that is reckoned with, in units; a few periods show too little of it.</param>
    /// <param name="limit">The smallest difference that is told, in units.</param>
    private static bool Differs(
        (Period Period, MeasureFigures Figures) one,
        List<MeasureFigures> before,
        List<(Period Period, MeasureFigures Figures)> mine,
        Func<MeasureFigures, double?> figure,
        Func<MeasureFigures, double?>? deviation,
        double least,
        double limit)
    {
        if (figure(one.Figures) is not { } value) return false;
        var usual = before.Where(f => figure(f) is not null).ToList();
        if (usual.Count == 0)
        {
            usual = [.. mine.Where(m => m.Period != one.Period && figure(m.Figures) is not null).Select(m => m.Figures)];
            if (usual.Count < 3) return false;
        }

        var centre = Median(usual.Select(f => figure(f)!.Value));
        var scale = deviation is null ? 1 : Median(usual.Select(f => deviation(f)!.Value));
        if (scale <= 0) return Math.Abs(value - centre) > limit * Math.Max(1, Math.Abs(centre));
        var between = usual.Count < 4 ? 0 : 1.4826 * Median(usual.Select(f => Math.Abs(figure(f)!.Value - centre)));
        var rows = Math.Max(SoftRules.FewestRows, one.Figures.Observed);
        var share = Math.Clamp(centre, 1.0 / rows, 1 - (1.0 / rows));
        var sampling = deviation is null ? Math.Sqrt(share * (1 - share) / rows) : scale / Math.Sqrt(rows);
        var spread = Math.Sqrt(Math.Pow(Math.Max(between, least * scale), 2) + (sampling * sampling));
        var difference = Math.Abs(value - centre);
        return difference > limit * scale && difference > SoftRules.ShiftScore * spread;
    }

    private void CheckValues(MeasureTally tally)
    {
        if (tally.Changes >= SoftRules.FewestRows && tally.Jumps > SoftRules.MostJumps * tally.Changes)
        {
            log.AddCount(SoftRules.PersonJump, Part, tally.Measure, tally.Jumps, PlainNumber.Fixed(SoftRules.AmountRatio, 0));
        }

        if (tally.Outliers() is > 0 and var outliers) log.AddCount(SoftRules.Outliers, Part, tally.Measure, outliers);
    }

    private IEnumerable<(Period Period, MeasureFigures Figures)> Mine(string measure) =>
        figures.Periods.SelectMany(p => p.Measures.Where(m => m.Measure == measure).Select(m => (p.Period, m)));

    private void Tell(ContractRule rule, string measure, IEnumerable<(Period Period, MeasureFigures)> periods, params BilingualText[] facts) =>
        Tell(rule, measure, [.. periods.Select(p => p.Period)], facts);

    private void Tell(ContractRule rule, string column, List<Period> periods, params BilingualText[] facts)
    {
        if (periods.Count == 0) return;
        var shown = string.Join(", ", periods.Take(12)) + (periods.Count > 12 ? " …" : string.Empty);
        log.AddCount(rule, Part, column, periods.Count, [new BilingualText(shown, shown), .. facts]);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
