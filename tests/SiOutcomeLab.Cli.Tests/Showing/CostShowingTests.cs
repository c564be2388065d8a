using SiOutcomeLab.Cli.Demo;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Costs.V1;

namespace SiOutcomeLab.Cli.Tests.Showing;

public sealed class CostShowingTests
{
    [Theory]
    [InlineData(1, "342 000 (171 000 till 513 000)", "verifierad", "effekten går inte att skatta", "slutar för-")]
    [InlineData(2, "342,000 (171,000 to 513,000)", "verified", "the effect is not estimable", "stops being")]
    public void Savings_AsATable_HaveNumbersAsTheLanguageWritesThem(int language, string amount, string standing, string missing, string column)
    {
        var longest = SampleCosts.Counted(new string('p', 60), new string('s', 40));
        longest.EconomicValue = SampleCosts.Money(-123_456_789);

        var text = Text((Language)language, t => CostTables.Write(t, [SampleCosts.Counted(), SampleCosts.Missing(), longest]));

        foreach (var part in new[] { amount, standing, missing, column }) Assert.Contains(part, Plain(text), StringComparison.Ordinal);
        Fits(text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void EveryTableAndSheet_KeepsWithinAHundredColumns(int language)
    {
        var unitCost = new UnitCost
        {
            Set = new string('s', 40), Code = new string('c', 40), NameSv = new string('n', 90), NameEn = new string('n', 90), Measure = new string('m', 40),
            PublishedSek = 123_456_789, PriceYear = 2024, PerMeasureUnit = 123_456_789,
        };
        foreach (var write in new Action<Terminal>[]
        {
            t => CostTables.Write(t, [SampleCosts.Baseline()]),
            t => CostTables.Write(t, [unitCost]),
            t => CostTables.Write(t, SampleCosts.Compared()),
            t => CostSheet.Write(t, SampleCosts.Baseline()),
            t => CostSheet.Write(t, SampleCosts.Counted()),
            t => CostSheet.Write(t, SampleCosts.Missing()),
            t => StoryReport.Write(t, Story(), new("Familjeterapi", "Family therapy")),
        })
        {
            Fits(Text((Language)language, write));
        }
    }

    [Fact]
    public void Saving_AsASheet_TellsThreeLinesByActorAndWhatItRestsOn()
    {
        var text = Text(Language.Swedish, t => CostSheet.Write(t, SampleCosts.Counted()));

        Assert.Matches(@"kommunen\s+246 240 \(123 120 till 369 360\)\s+196 560\s+0\s+142 560", Plain(text));
        Assert.Matches(@"tillsammans\s+342 000 \(171 000 till 513 000\)\s+273 000\s+0\s+198 000", Plain(text));
        foreach (var part in new[]
        {
            "beräknat från närliggande uppgifter 342 000", "med den dyraste hundradelen kapad: visas inte", "placement_days: 6 054 kr", "35 deltagare",
            "3,5 procent om året",
        })
        {
            Assert.Contains(part, Plain(text), StringComparison.Ordinal);
        }
    }

    // A payer without a price in a line pays nothing there; that is a number like the others.
    [Fact]
    public void Saving_PayerWithoutAPriceInALine_IsNothingThere()
    {
        var saving = SampleCosts.Counted();
        saving.BudgetReducible.ByActor.Clear();

        Assert.Matches(@"the municipality +246,240 \(123,120 to 369,360\) +196,560 +0 +142,560", Plain(Text(Language.English, t => CostSheet.Write(t, saving))));
    }

    [Theory]
    [InlineData("NO_UNIT_COST")]
    [InlineData("INCOMPLETE")]
    [InlineData("SEVERAL_UNIT_COSTS")]
    [InlineData("UNKNOWN_UNIT_COST")]
    [InlineData("OUTSIDE_VALIDITY")]
    [InlineData("INDEX_HAS_NO_YEAR")]
    [InlineData("UNIT_DIFFERS")]
    public void Gap_OfEveryKind_HasWords(string kind)
    {
        Assert.NotEqual(kind, CostWords.OfGap(kind).Sv);
        Assert.NotEqual(CostWords.OfGap(kind).Sv, CostWords.OfGap(kind).En);
    }

    [Fact]
    public void Saving_Missing_TellsWhyAndThatItsDataAreGone()
    {
        var text = Text(Language.English, t => CostSheet.Write(t, SampleCosts.Missing()));

        Assert.Contains("the effect is not estimable BALANCE_GATE_FAILED", text, StringComparison.Ordinal);
        Assert.Contains("have been withdrawn", text, StringComparison.Ordinal);
        Assert.Contains("No saving is counted.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compared_Sets_TellWhatMakesTheDifference()
    {
        var text = Plain(Text(Language.Swedish, t => CostTables.Write(t, SampleCosts.Compared())));

        Assert.Matches(@"placement_days\s+4 359\s+6 054\s+1 695\s+siffran 1 695", text);
        Assert.Contains("28,0 % på andra betalare", text, StringComparison.Ordinal);
        Assert.Matches(@"sick_leave_days\s+–\s+1 147\s+–\s+municipal-fee: ingen", text);
        Assert.DoesNotContain("prisåret", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Story_OfAMethod_GoesFromOwnEstimatesToKronorByActor()
    {
        var text = Plain(Text(Language.Swedish, t => StoryReport.Write(t, Story(), new("Familjeterapi", "Family therapy"))));

        Assert.Contains("1. En metod i hela landet: Familjeterapi", text, StringComparison.Ordinal);
        Assert.Matches(@"Stockholm\s+1,40 \(0,40 till 2,40\)\s+1,70 \(0,90 till 2,50\)\s+548 000\s+342 000", text);
        Assert.Matches(@"Malmö\s+2,10 \(1,10 till 3,10\)\s+1,70 \(0,90 till 2,50\)\s+–\s+–", text);
        Assert.DoesNotContain("Upplands Väsby", text, StringComparison.Ordinal);
        Assert.Matches(@"sammanvägt, 4\s+1,96 \(1,33 till 2,60\)", text);
        Assert.Matches(@"väntat i en ny\s+−0,09 till 4,02", text);
        Assert.Contains("målgruppen utan insatsen: 294 000 (147 000 till 441 000) kr om året", text, StringComparison.Ordinal);
        Assert.Contains("deltagarna, om insatsen inte funnits: 548 000", text, StringComparison.Ordinal);
        Assert.Contains("Med andra enhetskostnader (municipal-fee): 342 000", text, StringComparison.Ordinal);
    }

    private static MethodStory Story() => new(
        SampleBenchmarks.Pooled(),
        [SampleCosts.Counted(), SampleCosts.Counted(set: "municipal-fee")],
        [SampleCosts.Baseline()],
        [SampleCosts.Baseline(BaselineKind.Counterfactual)]);

    private static void Fits(string text) => Assert.All(text.Split('\n'), l => Assert.True(l.TrimEnd().Length <= 100, l));

    private static string Plain(string text) => text.Replace('\u00A0', ' ');

    private static string Text(Language language, Action<Terminal> write)
    {
        using var output = new StringWriter();
        write(new Terminal(output, TextWriter.Null, language));
        return output.ToString();
    }
}
