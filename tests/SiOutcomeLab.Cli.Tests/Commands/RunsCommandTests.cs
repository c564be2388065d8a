using SiOutcomeLab.Cli.Commands;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Cli.Tests.Commands;

public sealed class RunsCommandTests
{
    [Theory]
    [InlineData(false, "är inte i kronor (full-cost, teaching)", "hubbens logg säger varför")]
    [InlineData(true, "is not in kronor (full-cost, teaching)", "the hub's log says why")]
    public void GivenUp_InEitherLanguage_SaysSoAndWhichCommandTriesAgain(bool isEnglish, string what, string why)
    {
        var host = new CommandHost(new Terminal(TextWriter.Null, TextWriter.Null, isEnglish ? Language.English : Language.Swedish), TimeProvider.System);
        var run = new Run { Name = "runs/0123456789abcdef0123456789abcdef", UnitCostSetsGivenUp = { "full-cost", "teaching" } };

        var lines = RunsCommand.GivenUp(host, run).Split('\n');

        Assert.StartsWith(run.Name, lines[0], StringComparison.Ordinal);
        Assert.Contains(what, lines[0], StringComparison.Ordinal);
        Assert.Contains(why, lines[1], StringComparison.Ordinal);
        Assert.Equal($"  silab runs recost {run.Name}", lines[2]);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 100));
    }
}
