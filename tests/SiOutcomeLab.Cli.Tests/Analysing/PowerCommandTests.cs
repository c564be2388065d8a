using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;

namespace SiOutcomeLab.Cli.Tests.Analysing;

/// <summary>Against the values that R's documentation of power.t.test and power.prop.test prints, and the simulation against the formula.</summary>
public sealed class PowerCommandTests
{
    [Fact]
    public async Task Run_Means_GivesPowerTTestsValues()
    {
        // power.t.test(n = 20, delta = 1, sd = 1): 0.8689528; power = .90, delta = 1: n = 22.02110.
        RNumbers.Close(0.8689528, (await AnalyseRun.OfLineAsync("power --treated 20 --effect 1 --sd 1")).Number("power"), 1e-6, "power");
        var run = await AnalyseRun.OfLineAsync("power --power 0.9 --effect 1 --sd 1");
        Assert.Equal(23, run.Number("treated"));
        RNumbers.Close(22.02110, run.Diagnostic("treatedUnrounded"), 1e-6, "n");
    }

    [Fact]
    public async Task Run_Proportions_GivesPowerPropTestsValues()
    {
        // power.prop.test(n = 50, p1 = .50, p2 = .75): 0.7401659; power = .90: n = 76.7.
        RNumbers.Close(
            0.7401659, (await AnalyseRun.OfLineAsync("power --design proportions --share 0.5 --effect 0.25 --treated 50")).Number("power"), 1e-5, "power");
        var run = await AnalyseRun.OfLineAsync("power --design proportions --share 0.5 --effect 0.25 --power 0.9");
        Assert.Equal(76.7, run.Diagnostic("treatedUnrounded"), 0.05);
    }

    [Theory]
    [InlineData("--treated 40 --effect 0.6 --sd 1")]
    [InlineData("--design paired --treated 25 --effect 0.6 --sd 1")]
    [InlineData("--design proportions --share 0.3 --effect 0.2 --treated 90")]
    [InlineData("--treated 40 --effect 0.5 --ratio 2 --one-sided")]
    public async Task Run_Simulated_AgreesWithTheFormula(string options)
    {
        var run = await AnalyseRun.OfLineAsync($"power {options} --simulate --replicates 20000 --seed 3");
        // Four Monte Carlo errors; the share's test is normal only in the limit.
        var allowed = (4 * run.Number("simulatedPower", "standardError")) + (options.Contains("proportions", StringComparison.Ordinal) ? 0.01 : 0);
        Assert.Equal(run.Number("power"), run.Number("simulatedPower"), allowed);
    }

    [Fact]
    public async Task Run_MinimumDetectableEffect_HasThePowerItWasFoundFor()
    {
        var run = await AnalyseRun.OfLineAsync("power --treated 120 --power 0.8 --sd 2.5 --cluster-size 10 --icc 0.05");
        var effect = run.Number("minimumDetectableEffect");
        var back = await AnalyseRun.OfAsync(
            "power", "--treated", "120", "--effect", effect.ToString("R", System.Globalization.CultureInfo.InvariantCulture), "--sd", "2.5",
            "--cluster-size", "10", "--icc", "0.05");
        Assert.Equal(0.8, back.Number("power"), 1e-9);
    }

    [Theory]
    [InlineData("--treated 20")]
    [InlineData("--treated 20 --effect 1 --power 0.8")]
    [InlineData("--treated x --effect y")]
    [InlineData("--treated 20 --power 0.01")]
    [InlineData("--design proportions --treated 20 --power 0.8")]
    [InlineData("--treated 20 --effect 1 --icc 0.1")]
    [InlineData("--treated 20 --effect 0")]
    public async Task Run_WrongOptions_ExitsWithUsage(string options) =>
        Assert.Equal(ExitCode.Usage, (await CommandRun.OfAsync(["analyse", "power", .. options.Split(' ')])).Code);
}
