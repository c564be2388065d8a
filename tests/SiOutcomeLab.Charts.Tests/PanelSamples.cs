namespace SiOutcomeLab.Charts.Tests;

internal static class PanelSamples
{
    public static string EventStudy(ChartFrame frame, Func<string, string, string> say) => EventStudyPlot.Draw(
        new EventStudyData(
        [
            .. Enumerable.Range(-5, 14).Where(t => t != -1).Select(t => t == 6
                ? new EventPoint(t, null) { Gap = say("Visas inte: för få personer", "Not shown: too few persons") }
                : new EventPoint(t, Estimate(t)) { BandLower = Estimate(t).Value - 0.3, BandUpper = Estimate(t).Value + 0.3 }),
        ], say("Skillnad i månader per kvartal", "Difference in months per quarter"),
            say("Kvartal sedan start", "Quarters since the start"))
        {
            ReferenceTime = -1,
        },
        frame);

    private static IntervalValue Estimate(int t)
    {
        var value = t < 0 ? 0.02 * t % 0.05 : -0.08 * (t + 1);
        return t == 8 ? new(value, value - 9, value + 9) : new(value, value - 0.2, value + 0.2);
    }
}
