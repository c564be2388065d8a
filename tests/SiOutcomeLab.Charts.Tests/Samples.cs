namespace SiOutcomeLab.Charts.Tests;

/// <summary>One picture of every kind with everything it can show, in a language and a width.</summary>
internal static class Samples
{
    private delegate string Sample(ChartFrame frame, Func<string, string, string> say);

    private static readonly Dictionary<string, Sample> All = new()
    {
        ["forest"] = PoolingSamples.Forest,
        ["forest-ratio"] = PoolingSamples.ForestOfRatios,
        ["forest-290"] = PoolingSamples.ForestOfAll,
        ["love"] = BalanceSamples.Love,
        ["love-signed"] = BalanceSamples.LoveSigned,
        ["overlap"] = BalanceSamples.Overlap,
        ["event-study"] = PanelSamples.EventStudy,
        ["funnel"] = PoolingSamples.Funnel,
        ["waterfall"] = MoneySamples.Waterfall,
        ["waterfall-gap"] = MoneySamples.WaterfallWithGap,
        ["baseline"] = MoneySamples.Baseline,
        ["flow"] = StudySamples.Flow,
        ["power"] = StudySamples.Power,
    };

    public static IReadOnlyList<int> Widths { get; } = [320, 480, 600, 1000, 1600];

    /// <summary>Every kind in both languages and every width.</summary>
    public static TheoryData<string, string, int> Every()
    {
        var data = new TheoryData<string, string, int>();
        foreach (var kind in All.Keys)
        {
            foreach (var code in new[] { "sv", "en" })
            {
                foreach (var width in Widths) data.Add(kind, code, width);
            }
        }

        return data;
    }

    public static IEnumerable<string> Kinds => All.Keys;

    public static string Draw(string kind, string code, int width = 480)
    {
        var swedish = code == "sv";
        string Say(string sv, string en) => swedish ? sv : en;
        var frame = new ChartFrame(
            Say("Månader med försörjningsstöd, ett år efter start", "Months of income support, one year after the start"),
            Say("Exempel med påhittade tal.", "An example with made-up numbers."),
            swedish ? ChartLanguage.Swedish : ChartLanguage.English)
        {
            Width = width, Note = Say("Källa: påhittade tal.", "Source: made-up numbers."),
        };
        return All[kind](frame, Say);
    }
}
