namespace SiOutcomeLab.Charts.Tests;

internal static class StudySamples
{
    public static string Flow(ChartFrame frame, Func<string, string, string> say) => SampleFlow.Draw(
        new FlowData(
        [
            new(say("Deltagare som kommunen har skickat in", "Participants whom the municipality sent in"), 1240)
            {
                Losses =
                [
                    new(say("började före mätperioden", "began before the period measured"), 85),
                    new(say("uppfyller inte målgruppens villkor", "do not meet the target group's terms"), 120),
                ],
            },
            new(say("I målgruppen vid start", "In the target group at the start"), 1035)
            {
                Losses =
                [
                    new(say("ingen jämförelseperson är tillräckligt lik", "no comparison person is alike enough"), null,
                        say("visas inte, färre än 10", "not shown, fewer than 10")),
                ],
            },
            new(say("Matchade deltagare", "Matched participants"), null)
            {
                Gap = say("Visas inte: skulle röja ett mindre antal", "Not shown: would give away a smaller number"),
            },
            new(say("Följda i ett år", "Followed for one year"), 980),
        ]),
        frame);

    public static string Power(ChartFrame frame, Func<string, string, string> say) => PowerCurve.Draw(
        new PowerData(
        [
            new(say("effekt 0,5 månader", "effect of 0.5 months"), Curve(0.5)),
            new(say("effekt 0,3 månader", "effect of 0.3 months"), Curve(0.3)),
            new(say("effekt 0,2 månader", "effect of 0.2 months"), Curve(0.2)),
        ], say("Antal deltagare", "Number of participants"))
        {
            Mark = new(120, 0.62, say(
                "planerat: 120 deltagare ger 62 % styrka för 0,3 månader", "planned: 120 participants give 62% power for 0.3 months")),
        },
        frame);

    // A logistic shape; only the drawing is tried here.
    private static PowerPoint[] Curve(double effect) =>
        [.. Enumerable.Range(1, 40).Select(i => new PowerPoint(i * 10, 0.05 + 0.95 / (1 + Math.Exp(4 - effect * i))))];
}
