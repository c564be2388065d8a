using SiOutcomeLab.Cli.Failures;

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

    private static string Flag(string test) => test switch { "z" => string.Empty, "knha" => "--knapp-hartung", _ => "--test adhoc" };
}
