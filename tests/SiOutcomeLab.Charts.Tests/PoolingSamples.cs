namespace SiOutcomeLab.Charts.Tests;

internal static class PoolingSamples
{
    public static string Forest(ChartFrame frame, Func<string, string, string> say) => ForestPlot.Draw(
        new ForestData(
        [
            new("Upplands Väsby", new(-0.42, -0.81, -0.03)) { Weight = 12, Shrunken = new(-0.35, -0.62, -0.08) },
            new("Norrköping", new(-0.18, -0.30, -0.06)) { Weight = 40, Shrunken = new(-0.2, -0.31, -0.09) },
            new("Örnsköldsvik", new(0.31, -2.4, 3.02)) { Weight = 1, Shrunken = new(-0.22, -0.8, 0.36) },
            new("Dorotea", null)
            {
                Gap = say("Visas inte: färre än 30 deltagare i en av grupperna", "Not shown: fewer than 30 persons in one of the groups"),
            },
            new("Åre", new(-0.1, double.NaN, double.NaN)),
            new(say(
                "Samordningsförbundet Östra Östergötlands gemensamma insats för unga utan arbete eller studier i Söderköping",
                "The coordination association's joint work for young people without work or studies, Söderköping and Valdemarsvik"),
                new(-0.55, -1.0, -0.1)) { Weight = 9 },
        ], say("Skillnad i månader per person", "Difference in months per person"))
        {
            Pooled = new(say("Sammanvägt, 5 kommuner", "Pooled, 5 municipalities"), new(-0.24, -0.38, -0.1))
            {
                PredictionLower = -0.7, PredictionUpper = 0.22,
            },
            LowSide = say("färre månader", "fewer months"),
            HighSide = say("fler månader", "more months"),
        },
        frame);

    public static string ForestOfRatios(ChartFrame frame, Func<string, string, string> say) => ForestPlot.Draw(
        new ForestData(
        [
            new("Gävle", new(0.71, 0.50, 1.01)) { Weight = 1 },
            new("Umeå", new(0.93, 0.6, 1.44)) { Weight = 0.7 },
            new("Malå", new(0, 0, 2)),
            new("Växjö", new(1.8, 0, double.PositiveInfinity)) { Weight = 0.1 },
        ], say("Oddskvot", "Odds ratio"))
        {
            Logarithmic = true, Reference = 1, Pooled = new(say("Sammanvägt", "Pooled"), new(0.82, 0.63, 1.06)),
        },
        frame);

    public static string ForestOfAll(ChartFrame frame, Func<string, string, string> say) => ForestPlot.Draw(
        new ForestData(
            [
                .. Enumerable.Range(0, 290).Select(i => new ForestRow(
                    $"{say("Kommun", "Municipality")} {i + 1}", i % 17 == 3 ? null : Estimate(i))
                {
                    Weight = 1 + i % 5,
                }),
            ],
            say("Skillnad i månader", "Difference in months")),
        frame);

    public static string Funnel(ChartFrame frame, Func<string, string, string> say) => FunnelPlot.Draw(
        new FunnelData(
            [
                .. Enumerable.Range(0, 40).Select(i => new FunnelPoint(
                    $"{i}", -0.24 + (i * 0.6180339887 % 1 - 0.5) * (0.2 + i * 0.02), 0.05 + i * 0.008)),
                new("x", null, null, say("Visas inte: för få deltagare", "Not shown: too few participants")),
                new("y", null, 0.1, say("Visas inte: för få deltagare", "Not shown: too few participants")),
                new("z", 0.1, 0),
            ], say("Skillnad i månader per person", "Difference in months per person"))
        {
            Pooled = -0.24,
        },
        frame);

    // Spread without chance: the fractional parts of multiples of the golden ratio.
    private static IntervalValue Estimate(int i)
    {
        var value = i * 0.6180339887 % 1 - 0.6;
        var half = 0.2 + i * 0.4142135624 % 0.3;
        return new(value, value - half, value + half);
    }
}
