using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Tests.Samples;

/// <summary>Benchmarks as a hub may release them.</summary>
internal static class SampleBenchmarks
{
    public static Benchmark Pooled() => new()
    {
        Name = "benchmarks/0123456789abcdef0123",
        Project = "early-support",
        Method = "ips",
        Outcome = new OutcomeDefinition { Measure = "employment_months", HorizonPeriods = 4, Summary = OutcomeSummary.SumToHorizon },
        PeriodLength = PeriodLength.Quarter,
        UnitSv = "månader",
        UnitEn = "months",
        ConfidenceLevel = 0.95,
        Status = BenchmarkStatus.Pooled,
        Model = BenchmarkModel.TwoStage,
        Pooled = new PooledEffect
        {
            Municipalities = 4,
            Point = Shown(1.96), StandardError = Shown(0.3), CiLow = Shown(1.33), CiHigh = Shown(2.6), PValue = Shown(0.001),
                Tau = Shown(0.5),
            ISquared = Shown(0.62), HeterogeneityPValue = Shown(0.02), PredictionLow = Shown(-0.09), PredictionHigh = Shown(4.02),
            Participants = Shown(455),
        },
        Municipalities =
        {
            Own("0114", SampleEffects.Hidden(), null),
            Own("0180", Shown(1.4), Place(0.3)),
            Own("1280", Shown(2.1), Place(0.7)),
        },
        Absent = { new AbsentMunicipality { Municipality = "0330", Plan = "jobb-0330", Reason = "NOT_ALLOWED" } },
        Balance =
        {
            new PooledBalance { Covariate = "birth_year@1", MeanBefore = Shown(0.43), MeanAfter = Shown(0.01), WorstAfter = Shown(0.02) },
        },
        SentencesSv = { "Bättre. Sammanvägt över 4 kommuner." },
        SentencesEn = { "Better. Pooled over 4 municipalities." },
        SnapshotHash = new string('b', 64),
        InputHash = new string('c', 64),
        CodeVersion = "0.1.0",
        RuleVersion = "standard-1",
    };

    public static Benchmark Withheld()
    {
        var benchmark = Pooled();
        (benchmark.Status, benchmark.Reason, benchmark.Pooled) = (BenchmarkStatus.Withheld, "FEW_CONTRIBUTORS", null);
        foreach (var m in benchmark.Municipalities) (m.Place, m.IsInPool) = (null, false);
        benchmark.Balance.Clear();
        return benchmark;
    }

    private static BenchmarkMunicipality Own(string code, Cell point, BenchmarkPlace? place)
    {
        var isShown = point.ContentCase == Cell.ContentOneofCase.Value;
        return new BenchmarkMunicipality
        {
            Municipality = code,
            Plan = $"jobb-{code}",
            IsInPool = place is not null,
            HoldsFor = EstimateGroup.AllTreated,
            Point = point,
            StandardError = isShown ? Shown(0.5) : SampleEffects.Hidden(),
            CiLow = isShown ? Shown(point.Value - 1) : SampleEffects.Hidden(),
            CiHigh = isShown ? Shown(point.Value + 1) : SampleEffects.Hidden(),
            Participants = isShown ? Shown(120) : SampleEffects.Hidden(),
            Place = place,
        };
    }

    private static BenchmarkPlace Place(double better) => new()
    {
        Weight = Shown(0.25), Shrunken = Shown(1.7), ShrunkenLow = Shown(0.9), ShrunkenHigh = Shown(2.5), ProbabilityBetter = Shown(better),
        WithoutPoint = Shown(1.88), WithoutLow = Shown(1.1), WithoutHigh = Shown(2.7), FunnelDeviation = Shown(-0.8),
    };

    private static Cell Shown(double value) => SampleEffects.Shown(value);
}
