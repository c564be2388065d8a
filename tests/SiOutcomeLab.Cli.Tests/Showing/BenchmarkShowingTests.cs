using SiOutcomeLab.Cli.Pictures;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Tests.Showing;

public sealed class BenchmarkShowingTests
{
    [Theory]
    [InlineData(1, "sammanvägd", "visas inte", "−0,09 till 4,02", "4\u00A0kvartal")]
    [InlineData(2, "pooled", "withheld", "−0.09 to 4.02", "4\u00A0quarters")]
    public void Table_EveryKind_SaysWhatIsFoundWithinAHundredColumns(int language, string pooled, string withheld, string expected,
        string horizon)
    {
        var longest = SampleBenchmarks.Pooled();
        (longest.Method, longest.Outcome.Measure) = (new string('m', 40), new string('u', 40));
        (longest.Pooled.Point.Value, longest.Pooled.CiLow.Value, longest.Pooled.CiHigh.Value) = (-123456, -1234567, 1234567);

        var text = Text((Language)language, t => BenchmarkTable.Write(t, [SampleBenchmarks.Pooled(), SampleBenchmarks.Withheld(),
            longest]));

        foreach (var part in new[] { pooled, withheld, expected, horizon, "0123456789abcdef0123" }) Assert.Contains(part, text,
            StringComparison.Ordinal);
        Assert.All(text.Split('\n'), l => Assert.True(l.TrimEnd().Length <= 100, l));
    }

    [Fact]
    public void Sheet_Pooled_HasEverythingThatWasReleased()
    {
        var text = Text(Language.Swedish, t => BenchmarkSheet.Write(t, SampleBenchmarks.Pooled()));

        foreach (var part in new[]
        {
            "Bättre. Sammanvägt över 4 kommuner.", "1,96 månader", "1,33 till 2,60 månader", "−0,09 till 4,02 månader", "0,500 månader",
            "62\u00A0% av variationen", "455", "Stockholm", "1,40 (0,40 till 2,40)", "1,70 (0,90 till 2,50)", "30\u00A0%", "25\u00A0%",
            "1,88 (1,10 till 2,70)", "−0,8", "Knivsta: har inte tillåtit sammanvägning", "birth_year@1", "0,43", "standard-1",
                new string('c', 64),
        })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Assert.Matches(@"Upplands Väsby\s+visas inte\s+visas inte\s+–\s+–\s+–\s+\(inte med\)", text);
        Assert.All(text.Split('\n'), l => Assert.True(l.TrimEnd().Length <= 100, l));
    }

    [Fact]
    public void Sheet_NearCertainPlacesAndWithdrawnData_AreTold()
    {
        var benchmark = SampleBenchmarks.Pooled();
        benchmark.DataStanding = DataStanding.Withdrawn;
        benchmark.Municipalities[1].Place.ProbabilityBetter.Value = 0;
        benchmark.Municipalities[2].Place.ProbabilityBetter.Value = 1;

        var text = Text(Language.Swedish, t => BenchmarkSheet.Write(t, benchmark));

        Assert.Contains("<\u00A01\u00A0%", text, StringComparison.Ordinal);
        Assert.Contains(">\u00A099\u00A0%", text, StringComparison.Ordinal);
        Assert.Contains("har tagits tillbaka", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sheet_Withheld_HasTheReasonAndNoPooledNumber()
    {
        var text = Text(Language.English, t => BenchmarkSheet.Write(t, SampleBenchmarks.Withheld()));

        Assert.Contains("withheld (FEW_CONTRIBUTORS)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("The municipalities pooled", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1.96", text, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Forest_Pooled_DrawsTheOnesThatAreShownAndSaysWhichAreNot()
    {
        var svg = BenchmarkForest.Draw(SampleBenchmarks.Pooled(), Language.Swedish)!;

        foreach (var part in new[] { "Stockholm", "Malmö", "Sammanvägt, 4 kommuner", "visas inte", "Skillnad mot utan insatsen, månader" })
        {
            Assert.Contains(part, svg, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        var alone = SampleBenchmarks.Pooled();
        alone.Municipalities.Clear();
        Assert.Null(BenchmarkForest.Draw(alone, Language.Swedish));
    }

    private static string Text(Language language, Action<Terminal> write)
    {
        using var output = new StringWriter();
        write(new Terminal(output, TextWriter.Null, language));
        return output.ToString();
    }
}
