using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>Makes a submission's figures from the sums of its measures.</summary>
internal static class FigureSheet
{
    public static SubmissionFigures Make(IReadOnlyList<Period> periods, IReadOnlyList<long> rows, IEnumerable<MeasureTally> sums)
    {
        var order = MeasureCatalogue.Current.All.Select((m, at) => (m.Code.Code, at)).ToDictionary(p => p.Code, p => p.at);
        MeasureTally[] measures = [.. sums.OrderBy(s => order.GetValueOrDefault(s.Measure, int.MaxValue))];
        return new SubmissionFigures(
        [
            .. Enumerable.Range(0, periods.Count).Where(at => rows[at] > 0).Select(at => new PeriodFigures(
                periods[at],
                rows[at] >= SoftRules.FewestRows ? rows[at] : 0,
                [.. measures.Select(m => Of(m, at, rows[at]))])),
        ]);
    }

    private static MeasureFigures Of(MeasureTally tally, int period, long rows)
    {
        var sums = tally.At(period);
        double? missing = rows >= SoftRules.FewestRows ? 1 - ((double)sums.Observed / rows) : null;
        if (sums.Observed < SoftRules.FewestRows) return new MeasureFigures(tally.Measure, missing, 0, null, null, null);
        var fromAbout = sums.Sum / sums.Observed;
        var variance = (sums.Squares - (sums.Sum * fromAbout)) / (sums.Observed - 1);
        return new MeasureFigures(
            tally.Measure,
            missing,
            sums.Observed,
            tally.About + fromAbout,
            Math.Sqrt(Math.Max(0, variance)),
            (double)sums.Zeros / sums.Observed);
    }
}
