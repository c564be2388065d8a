using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Pipelines.Benchmarks;
using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>Municipalities with one method, whose plans compare with everybody in the project: they share their comparison persons.</summary>
internal static class BenchmarkWorld
{
    public const AllowedUses Uses = AllowedUses.OwnEvaluation | AllowedUses.ComparisonForOthers | AllowedUses.PooledResults;

    public static readonly (string Code, double Effect)[] Five = [("0180", 100), ("0380", 60), ("1280", 140), ("1480", 80), ("2480", 120)];

    public static BenchmarkKey Key { get; } = new(PlanOf("0180").Project, "ips", PlanOf("0180").PeriodLength, PlanOf("0180").Primary);

    public static EvaluationPlan PlanOf(string municipality) => SamplePlans.Years with
    {
        Id = "jobb-" + municipality,
        Organisation = new(municipality),
        LastIndex = SamplePlans.Year(2022),
        Pool = ComparisonPool.Project,
        TieOrder = TieOrder.Pseudonym,
        Sensitivity = [EstimatorKind.AugmentedInversePropensity],
    };

    /// <summary>Earnings before and after; participants first.</summary>
    public static FollowUp DataOf(string municipality, double effect, int participants = 40, int others = 30)
    {
        var first = int.Parse(municipality, System.Globalization.CultureInfo.InvariantCulture) * 1000;
        var random = new Random(first);
        var data = new FollowUp { GroupRows = 50 };
        for (var i = 0; i < participants + others; i++)
        {
            var before = 1000 + (100 * SampleCohorts.Normal(random)) + (i < participants ? 20 : 0);
            var after = before + (50 * SampleCohorts.Normal(random)) + (i < participants ? effect : 0);
            data.Years(first + i, 2021, 20 + random.Next(40), i % 2 == 0 ? "woman" : "man", before, before, after, after);
            if (i < participants) data.Start(first + i, SamplePlans.Code, "2022-03-01");
        }

        return data;
    }

    /// <summary>Delivers, registers and runs a municipality's plan.</summary>
    public static async Task<Submission> AddAsync(
        this TestLab lab, string municipality, double effect, int participants = 40, int others = 30, AllowedUses uses = Uses,
        DataPolicy policy = DataPolicy.Standard)
    {
        var submission = await lab.CommitAsync(DataOf(municipality, effect, participants, others), municipality, uses, policy);
        await lab.Catalogue.Plans.TryRegisterInterventionAsync(SamplePlans.Intervention with { Organisation = new(municipality) }, TestLab.Token);
        await lab.RegisterAsync(PlanOf(municipality));
        return submission;
    }

    public static async Task RunAsync(this TestLab lab, string municipality, string suffix = "")
    {
        var run = await lab.EnqueueAsync(PlanOf(municipality), $"run{municipality}{suffix}00000000");
        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
    }

    /// <summary>All five, delivered first and then run.</summary>
    public static async Task<TestLab> FiveAsync()
    {
        var lab = await TestLab.OpenAsync();
        foreach (var (code, effect) in Five) await lab.AddAsync(code, effect);
        foreach (var (code, _) in Five) await lab.RunAsync(code);
        return lab;
    }

    public static BenchmarkPipeline Benchmarks(this TestLab lab, FollowUpCache? followUp = null) =>
        new(lab.Catalogue, lab.Lake, followUp ?? lab.FollowUp, Policies.For, "0.1.0-test", lab.Time);

    public static Task<IReadOnlyList<BenchmarkInputs>> DueAsync(this TestLab lab) => new DueBenchmarks(lab.Catalogue).FindAsync(TestLab.Token);

    public static async Task<Benchmark> ComputeAsync(this TestLab lab)
    {
        var inputs = Assert.Single(BenchmarkInputs.Of(await lab.Catalogue.Benchmarks.CurrentLooksAsync(TestLab.Token)));
        return (await lab.Benchmarks().ComputeAsync(inputs, TestLab.Token)).Whole;
    }
}
