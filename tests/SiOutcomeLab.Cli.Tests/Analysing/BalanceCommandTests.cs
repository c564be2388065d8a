using System.Text.Json;
using SiOutcomeLab.Cli.Failures;

namespace SiOutcomeLab.Cli.Tests.Analysing;

public sealed class BalanceCommandTests
{
    private static string Line => $"balance {WeightCommandTests.Lalonde.Replace(" --outcome re78", string.Empty, StringComparison.Ordinal)}";

    [Fact]
    public async Task Run_Lalonde_GivesMatchItsDifferencesRatiosAndDistances()
    {
        var run = await AnalyseRun.OfLineAsync(Line);
        Assert.Equal(ExitCode.Ok, run.Code);
        var rows = run.Json.GetProperty("diagnostics").GetProperty("balance").EnumerateArray()
            .ToDictionary(row => row.GetProperty("name").GetString()!, row => row.GetProperty("before"), StringComparer.Ordinal);
        // MatchIt 4.7.2's summary and cobalt, as the reference data's notes have them.
        foreach (var (name, smd) in new[]
        {
            ("age", -0.309445262), ("educ", 0.054964661), ("raceblack", 1.761541890), ("married", -0.826309272), ("re74", -0.721083809), ("re75", -0.290262911),
        })
        {
            RNumbers.Close(smd, rows[name].GetProperty("smd").GetDouble(), 1e-8, name);
        }

        RNumbers.Close(0.439995463, rows["age"].GetProperty("varianceRatio").GetDouble(), 1e-8, "vr");
        Assert.Equal(JsonValueKind.Null, rows["married"].GetProperty("varianceRatio").ValueKind);
        RNumbers.Close(0.447035847, rows["re74"].GetProperty("ks").GetDouble(), 1e-8, "ks");
        Assert.Equal("fail", run.Json.GetProperty("diagnostics").GetProperty("gate").GetProperty("grade").GetString());
    }

    [Fact]
    public async Task Run_EveryDenominator_DividesTheSameDifference()
    {
        var run = await AnalyseRun.OfLineAsync($"{Line} --denominator pooled");
        var age = run.Json.GetProperty("diagnostics").GetProperty("balance")[0].GetProperty("before");
        var by = age.GetProperty("smdByDenominator");
        var (one, other) = (age.GetProperty("sdTreated").GetDouble(), age.GetProperty("sdComparison").GetDouble());
        var raw = age.GetProperty("rawDifference").GetDouble();
        Assert.Equal(raw / one, by.GetProperty("treated").GetDouble(), 1e-12);
        Assert.Equal(raw / other, by.GetProperty("comparison").GetDouble(), 1e-12);
        Assert.Equal(raw / Math.Sqrt(((one * one) + (other * other)) / 2), by.GetProperty("pooled").GetDouble(), 1e-12);
        Assert.Equal(by.GetProperty("pooled").GetDouble(), age.GetProperty("smd").GetDouble());
        var (n1, n0) = (185.0, 429.0);
        var hedges = Math.Sqrt((((n1 - 1) * one * one) + ((n0 - 1) * other * other)) / (n1 + n0 - 2));
        Assert.Equal(raw / hedges * (1 - (3 / ((4 * (n1 + n0)) - 9))), by.GetProperty("hedges").GetDouble(), 1e-10);
    }
}
