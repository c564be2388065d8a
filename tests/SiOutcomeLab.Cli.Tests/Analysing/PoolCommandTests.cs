using System.Xml.Linq;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Cli.Tests.Analysing;

/// <summary>Pooling by the command line against metafor 3.8-1.</summary>
public sealed class PoolCommandTests
{
    private static readonly RNumbers R = RNumbers.Meta;

    public static TheoryData<string, string, string> Models
    {
        get
        {
            var models = new TheoryData<string, string, string>();
            foreach (var (set, name) in new[] { ("bcg", "dat_bcg.csv"), ("normand_MD", "dat_normand1999.csv") })
            {
                foreach (var method in new[] { "FE", "DL", "PM", "REML", "ML", "EB", "HS", "SJ", "HE" })
                {
                    foreach (var test in new[] { "z", "knha", "adhoc" })
                    {
                        if (R.Has($"{set}_{method}_{test}.tau2")) models.Add($"{set}_{method}_{test}", name, $"--method {method} {Flag(test)}");
                    }
                }
            }

            return models;
        }
    }

    [Fact]
    public void Models_AreAll() => Assert.Equal(36, Models.Count);

    [Theory, MemberData(nameof(Models))]
    public async Task Run_EveryMethodAndTest_GivesMetaforsNumbers(string block, string file, string options)
    {
        var run = await AnalyseRun.OfLineAsync($"pool --data {AnalyseRun.Data(file)} --estimate yi --variance vi {options}");
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal("mu", run.First.GetProperty("name").GetString());
        Close("beta.intrcpt", run.Number("mu"));
        Close("se", run.Number("mu", "standardError"));
        Close("ci.lb", run.Number("mu", "ciLow"));
        Close("ci.ub", run.Number("mu", "ciHigh"));
        Close("tau2", run.Number("tau2"));
        Close("I2", run.Number("I2"));
        Close("QE", run.Number("Q"));
        Close("pi.lb", run.Number("predictionLow"));
        Close("pi.ub", run.Number("predictionHigh"));

        void Close(string id, double actual)
        {
            if (!R.Has($"{block}.{id}")) Assert.StartsWith("pi.", id, StringComparison.Ordinal);
            else if (R[$"{block}.{id}"] == 0) Assert.Equal(0, actual, 1e-12);
            else RNumbers.Close(R[$"{block}.{id}"], actual, RNumbers.Solved, $"{block}.{id}");
        }
    }

    [Fact]
    public async Task Run_Moderator_GivesMetaforsSlope()
    {
        var run = await AnalyseRun.OfLineAsync(
            $"pool --data {AnalyseRun.Data("dat_bcg.csv")} --estimate yi --variance vi --moderators ablat --test knha");
        RNumbers.Close(-0.029101725, run.Number("ablat"), 1e-7, "slope");
        RNumbers.Close(0.008201417, run.Number("ablat", "standardError"), 1e-6, "slope");
        RNumbers.Close(0.076347964, run.Number("tau2"), 1e-7, "tau2");
    }

    [Fact]
    public async Task Run_ClustersAndPredictionAndPlot_GiveMetaforsRobustErrorAndWiderInterval()
    {
        using var folder = new TemporaryFolder();
        var plot = Path.Combine(folder.Path, "forest.svg");
        var line = $"pool --data {AnalyseRun.Data("dat_bcg.csv")} --estimate yi --variance vi --label author --plot {plot}";
        RNumbers.Close(R["bcg_robust.se"], (await AnalyseRun.OfLineAsync($"{line} --cluster trial")).Number("mu", "standardError"), RNumbers.Solved, "robust");
        Assert.Contains("Coetzee", XDocument.Load(plot).ToString(), StringComparison.Ordinal);
        var wide = await AnalyseRun.OfLineAsync($"{line} --prediction hts");
        RNumbers.Close(R["bcg_REML_z.pi_HTS_tk21"], wide.Number("predictionLow"), RNumbers.Solved, "hts");
        RNumbers.Close(R["bcg_REML_z.pi_HTS_tk22"], wide.Number("predictionHigh"), RNumbers.Solved, "hts");
        Assert.Equal("Aronson", wide.Json.GetProperty("sources")[0].GetProperty("label").GetString());
    }

    [Fact]
    public async Task Run_AverageTau_TellsWhatPartialPoolingDoesAndTheRestAsBefore()
    {
        using var folder = new TemporaryFolder();
        var schools = folder.Write("schools.csv", "yi,si\n28.39,14.9\n7.94,10.2\n-2.75,16.3\n6.82,11\n-0.64,9.4\n0.63,11.4\n18.01,10.4\n12.16,17.6\n");
        var line = $"pool --data {schools} --estimate yi --standard-error si --level 0.9";
        var (known, averaged) = (await AnalyseRun.OfLineAsync(line), await AnalyseRun.OfLineAsync(line + " --average-tau"));

        double[] errors = [14.9, 10.2, 16.3, 11, 9.4, 11.4, 10.4, 17.6];
        var expected = ((Estimated<PartiallyPooled>)PartialPooling.Fit(
            EstimateSet.Independent([28.39, 7.94, -2.75, 6.82, -0.64, 0.63, 18.01, 12.16], [.. errors.Select(e => e * e)]), 0.9)).Value;
        Assert.Equal(expected.Further.Low, averaged.Number("predictionLow"), 1e-9);
        Assert.Equal(expected.Further.High, averaged.Number("predictionHigh"), 1e-9);
        var first = averaged.Json.GetProperty("sources")[0];
        Assert.Equal(expected.Sources[0].Estimate, first.GetProperty("shrunkenEstimate").GetDouble(), 1e-9);
        Assert.Equal(expected.Sources[0].Low, first.GetProperty("shrunkenCiLow").GetDouble(), 1e-9);
        Assert.Equal(expected.Sources[0].High, first.GetProperty("shrunkenCiHigh").GetDouble(), 1e-9);
        Assert.True(averaged.Number("predictionHigh") > known.Number("predictionHigh"));
        Assert.Equal(known.Number("mu"), averaged.Number("mu"));
        Assert.Contains("tau² är okänt", averaged.Json.GetProperty("notes").ToString(), StringComparison.Ordinal);
        Assert.Contains("--average-tau", known.Json.GetProperty("notes").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--prediction hts")]
    [InlineData("--moderators ablat")]
    [InlineData("--method FE")]
    public async Task Run_AverageTauWithWhatItCannot_IsRefused(string more)
    {
        var line = $"analyse pool --data {AnalyseRun.Data("dat_bcg.csv")} --estimate yi --variance vi --average-tau {more}";

        var run = await CommandRun.OfAsync(line.Split(' '));

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--average-tau", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StandardErrors_AreSquared()
    {
        using var folder = new TemporaryFolder();
        var first = folder.Write("v.csv", "yi,vi\n0.1,0.04\n0.5,0.09\n0.2,0.01\n");
        var second = folder.Write("s.csv", "yi,si\n0.1,0.2\n0.5,0.3\n0.2,0.1\n");
        var expected = (await AnalyseRun.OfLineAsync($"pool --data {first} --estimate yi --variance vi --method DL")).Number("mu");
        Assert.Equal(expected, (await AnalyseRun.OfLineAsync($"pool --data {second} --estimate yi --standard-error si --method DL")).Number("mu"), 1e-14);
        var one = await AnalyseRun.OfLineAsync($"pool --data {folder.Write("one.csv", "yi,vi\n1,2\n")} --estimate yi --variance vi");
        Assert.Equal((ExitCode.NotEstimable, "TooFewObservations"), (one.Code, one.Json.GetProperty("notEstimable").GetProperty("reason").GetString()));
    }

    private static string Flag(string test) => test switch { "z" => string.Empty, "knha" => "--knapp-hartung", _ => "--test adhoc" };
}
