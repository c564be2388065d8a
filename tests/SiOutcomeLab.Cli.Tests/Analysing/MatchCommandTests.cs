using SiOutcomeLab.Cli.Failures;

namespace SiOutcomeLab.Cli.Tests.Analysing;

/// <summary>Matching by the command line against MatchIt 4.7.2 with lm and sandwich, block by block.</summary>
public sealed class MatchCommandTests
{
    private static readonly RNumbers R = RNumbers.Lalonde;

    [Theory]
    [InlineData("--method nearest --ratio 1", "nn1")]
    [InlineData("--method nearest --caliper 0.2 --ratio 1", "nn1_cal02")]
    [InlineData("--link linear.logit --caliper 0.2", "nn1_lin_cal02")]
    [InlineData("--ratio 2", "nn2")]
    [InlineData("--ratio 2 --caliper 0.2", "nn2_cal02")]
    [InlineData("--order smallest", "nn1_smallest")]
    [InlineData("--order data", "nn1_data")]
    [InlineData("--exact race", "nn1_exrace")]
    [InlineData("--exact race,married --caliper 0.2", "nn1_cal02_exracemar")]
    [InlineData("--discard both", "nn1_discard")]
    [InlineData("--ratio 2 --min-controls 1 --max-controls 4", "nn_variable")]
    public async Task Run_Pairs_GiveRsEffectsAndClusteredErrors(string options, string sample)
    {
        var run = await AnalyseRun.OfLineAsync($"match {WeightCommandTests.Lalonde} {options} --estimand ATT");
        Assert.Equal(ExitCode.Ok, run.Code);
        var block = $"match_{sample}";
        RNumbers.Close(R[$"{block}.unadj.est"], run.Number("matchedDifference"), 1e-9, sample);
        RNumbers.Close(R[$"{block}.unadj.se_CL_HC1"], run.Number("matchedDifference", "standardError"), 1e-9, sample);
        RNumbers.Close(R[$"{block}.gcomp_att.est"], run.Number("gComputation"), RNumbers.Solved, sample);
        RNumbers.Close(R[$"{block}.gcomp_att.se"], run.Number("gComputation", "standardError"), RNumbers.Solved, sample);
        Assert.Equal("MatchedSetHc1", run.First.GetProperty("standardErrorType").GetString());
        Assert.Equal("ATT", run.First.GetProperty("estimand").GetString());
        Assert.Equal(R[$"{block}.n.treated_matched"], run.First.GetProperty("nTreated").GetInt32());
        Assert.Equal(R[$"{block}.n.control_matched"], run.First.GetProperty("nComparison").GetInt32());
        Assert.Equal(R[$"{block}.n.treated_dropped"], run.Json.GetProperty("droppedTotal").GetInt32());
    }

    [Fact]
    public async Task Run_CaliperPairs_TellsWhichTreatedRowsFoundNone()
    {
        var run = await AnalyseRun.OfLineAsync($"match {WeightCommandTests.Lalonde} --caliper 0.2");
        var dropped = run.Json.GetProperty("dropped").EnumerateArray().ToArray();
        Assert.Equal(72, dropped.Length);
        // NSW1 stands in row 1 and MatchIt finds no match for it.
        Assert.Equal((1, "noMatch"), (dropped[0].GetProperty("row").GetInt32(), dropped[0].GetProperty("reason").GetString()));
    }
}
