namespace SiOutcomeLab.Charts.Tests;

internal static class BalanceSamples
{
    public static string Love(ChartFrame frame, Func<string, string, string> say) => LovePlot.Draw(Data(say), frame);

    public static string LoveSigned(ChartFrame frame, Func<string, string, string> say) =>
        LovePlot.Draw(Data(say) with { KeepSign = true }, frame);

    public static string Overlap(ChartFrame frame, Func<string, string, string> say) => OverlapPlot.Draw(
        new OverlapData(
        [
            .. Enumerable.Range(0, 20).Select(i => new OverlapBin(
                i / 20.0, (i + 1) / 20.0, i == 17 ? null : Math.Max(0, 0.12 - 0.00125 * (i - 11) * (i - 11)),
                i is 18 or 19 ? null : Math.Max(0, 0.17 - 0.014 * i))),
        ])
        {
            SupportLow = 0.1, SupportHigh = 0.62,
        },
        frame);

    private static LoveData Data(Func<string, string, string> say) => new(
    [
        new(say("Ålder", "Age"), 0.32, 0.04),
        new(say("Månader med försörjningsstöd året före", "Months of income support the year before"), -0.61, -0.09),
        new(say("Kvinna", "Woman"), -0.05, 0.01),
        new(say("Född utanför Europa", "Born outside Europe"), 0.44, 0.27),
        new(say("Förgymnasial utbildning", "Less than upper secondary education"), 0.18, double.NaN),
        new(say("Ensamstående med barn", "Single with children"), null, null,
            say("Visas inte: färre än 10 personer", "Not shown: fewer than 10 persons")),
        new(say(
            "Sammanlagd tid som inskriven arbetssökande under de fem senaste åren före insatsens början, i månader",
            "Total time registered as a jobseeker during the five years before the intervention began, in months"), 0.27, -0.12),
    ]);
}
