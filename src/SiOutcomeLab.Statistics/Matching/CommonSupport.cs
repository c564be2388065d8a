namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Which rows lie outside of the common support: the ranges of one measure in both arms.</summary>
internal static class CommonSupport
{
    /// <summary>True per row to leave out; empty when no row is.</summary>
    public static bool[] Discarded(ReadOnlySpan<double> measure, ReadOnlySpan<bool> treated, Discard rule)
    {
        if (rule == Discard.None) return [];

        Span<double> low = [double.PositiveInfinity, double.PositiveInfinity];
        Span<double> high = [double.NegativeInfinity, double.NegativeInfinity];
        for (var i = 0; i < measure.Length; i++)
        {
            var arm = treated[i] ? 1 : 0;
            low[arm] = Math.Min(low[arm], measure[i]);
            high[arm] = Math.Max(high[arm], measure[i]);
        }

        var (from, to) = rule switch
        {
            Discard.Both => (Math.Max(low[0], low[1]), Math.Min(high[0], high[1])),
            Discard.Treated => (low[0], high[0]),
            _ => (low[1], high[1])
        };
        var discarded = new bool[measure.Length];
        var any = false;
        // Under the one-sided rules the range is the other arm's, so nobody of that arm lies outside of it.
        for (var i = 0; i < measure.Length; i++)
        {
            discarded[i] = measure[i] < from || measure[i] > to;
            any |= discarded[i];
        }

        return any ? discarded : [];
    }
}
