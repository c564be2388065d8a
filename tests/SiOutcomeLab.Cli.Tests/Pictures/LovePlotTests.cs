using SiOutcomeLab.Cli.Pictures;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Tests.Pictures;

public sealed class LovePlotTests
{
    [Fact]
    public void Lines_BeforeAndAfter_StandOnTheRightSideOfTheTarget()
    {
        var line = Plot(Row("age@1", 0.5, 0.02))[1];
        Assert.True(line.IndexOf('●') < line.IndexOf('┊'), line);
        Assert.True(line.IndexOf('┊') < line.IndexOf('○'), line);
        Assert.EndsWith("0,50 → 0,02", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_StillAboveTarget_ShowsAfterToTheRight()
    {
        var line = Plot(Row("race@1", -1.76, 1.03))[1];
        Assert.True(line.IndexOf('┊') < line.IndexOf('●') && line.IndexOf('●') < line.IndexOf('○'), line);
        Assert.EndsWith("1,76 → 1,03", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_SamePlace_ShowsBothInOneMark() => Assert.Contains('◉', Plot(Row("x@1", 0.3, 0.3))[1]);

    [Fact]
    public void Lines_Suppressed_HasNoMarkAndSaysSo()
    {
        var line = Plot(
            new CovariateBalance { Covariate = "x@1", SmdBefore = SampleEffects.Hidden(), SmdAfter = SampleEffects.Shown(0.05) })[1];
        Assert.DoesNotContain('○', line);
        Assert.Contains('●', line);
        Assert.Contains("visas inte → 0,05", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_LongNames_StayWithinAHundredColumns()
    {
        var lines = Plot(Row("education_level=a_level_with_a_very_long_name_indeed@12", 9.5, 0.2), Row("short@1", 0.1, 0));
        Assert.All(lines, l => Assert.True(l.Length <= 98, l));
    }

    [Fact]
    public void Lines_TicksAndTarget_ShareTheColumn()
    {
        var lines = Plot(Row("age@1", 0.5, 0.02));
        Assert.Equal(lines[1].IndexOf('┊'), lines[0].IndexOf("0,1", StringComparison.Ordinal));
    }

    private static CovariateBalance Row(string name, double before, double after) =>
        new() { Covariate = name, SmdBefore = SampleEffects.Shown(before), SmdAfter = SampleEffects.Shown(after) };

    private static IReadOnlyList<string> Plot(params CovariateBalance[] rows) => LovePlot.Lines(rows, Language.Swedish);
}
