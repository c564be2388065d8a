namespace SiOutcomeLab.Charts.Tests;

internal static class MoneySamples
{
    public static string Waterfall(ChartFrame frame, Func<string, string, string> say) => WaterfallChart.Draw(
        new WaterfallData(Steps(say), say("Kronor per deltagare under tre år", "Kronor per participant over three years")), frame);

    public static string WaterfallWithGap(ChartFrame frame, Func<string, string, string> say) => WaterfallChart.Draw(
        new WaterfallData(
        [
            .. Steps(say),
            new(say("Kriminalvården", "Prison and probation"), null)
            {
                Gap = say("Visas inte: färre än 10 personer", "Not shown: fewer than 10 persons"),
            },
        ], say("Kronor per deltagare under tre år", "Kronor per participant over three years")),
        frame);

    public static string Baseline(ChartFrame frame, Func<string, string, string> say) => BaselineBars.Draw(
        new BaselineData(
        [
            new(say("Kommunen: försörjningsstöd", "Municipality: income support"), 61_240m) { Lower = 55_100m, Upper = 67_300m },
            new(say(
                "Kommunen: placeringar enligt socialtjänstlagen och lagen om vård av unga",
                "Municipality: placements under the Social Services Act and the Care of Young Persons Act"), 128_900m)
            {
                Lower = 92_000m, Upper = 165_800m,
            },
            new(say("Regionen: psykiatrisk öppenvård", "Region: psychiatric outpatient care"), 14_300m),
            new("Kriminalvården", null) { Gap = say("Visas inte: färre än 10 personer", "Not shown: fewer than 10 persons") },
        ], say("Kronor per person och år", "Kronor per person and year")),
        frame);

    private static MoneyRow[] Steps(Func<string, string, string> say) =>
    [
        new(say("Kommunen: insatsens kostnad", "Municipality: cost of the intervention"), -52_000m),
        new(say("Kommunen: försörjningsstöd", "Municipality: income support"), 38_400m) { Lower = 12_100m, Upper = 64_700m },
        new(say("Regionen: hälso- och sjukvård", "Region: health care"), -6_250m),
        new("Försäkringskassan", 21_900m),
        new(say(
            "Arbetsgivaravgifter och skatt till övriga staten, efter avdrag för jobbskatteavdraget",
            "Payroll and income tax to other parts of the state, after the earned income tax credit"), 30_000m),
    ];
}
