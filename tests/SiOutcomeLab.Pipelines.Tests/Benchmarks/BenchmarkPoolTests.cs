using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Measures;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Benchmarks;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Benchmarks;

public sealed class BenchmarkPoolTests
{
    [Theory]
    [InlineData(MeasureDirection.HigherIsBetter)]
    [InlineData(MeasureDirection.LowerIsBetter)]
    [InlineData(MeasureDirection.Neutral)]
    public void Pool_Directions_TellBetterAsTheMeasureDoes(MeasureDirection direction)
    {
        var pooled = Pool([Of(1, 0.5), Of(3, 0.5), Of(6, 0.5), Of(9, 0.5)], direction);

        var highest = pooled.Contributors[3].Place!.Shrunken;
        Assert.True(highest.ProbabilityAbove > 0.9);
        Assert.Equal(
            direction switch
            {
                MeasureDirection.HigherIsBetter => highest.ProbabilityAbove,
                MeasureDirection.LowerIsBetter => 1 - highest.ProbabilityAbove,
                _ => null,
            },
            highest.ProbabilityBetter);
        Assert.InRange(highest.Point, pooled.Pooled!.Point, 9);
        Assert.True(pooled.Pooled.PredictionHigh > pooled.Pooled.High);
    }

    [Fact]
    public void Pool_Funnel_HoldsTheOwnErrorAroundThePooledEffect()
    {
        var pooled = Pool([Of(1, 0.5), Of(3, 0.25), Of(6, 0.5)]);

        var (middle, funnel) = (pooled.Pooled!.Point, pooled.Contributors[1].Place!.Funnel);
        Assert.Equal((3 - middle) / 0.25, funnel.Deviation, 1e-12);
        // 0.975 and 0.999 of the normal distribution, from a table.
        Assert.Equal(middle + (1.95996 * 0.25), funnel.InnerHigh, 1e-5);
        Assert.Equal(middle - (3.09023 * 0.25), funnel.OuterLow, 1e-5);
    }

    [Theory]
    [InlineData(4, 4, BenchmarkModel.OneStageStratified)]
    [InlineData(30, 40, BenchmarkModel.TwoStage)]
    public void Pool_YesOrNo_IsOneStageWhereFewHaveIt(int treatedEvents, int comparisonEvents, BenchmarkModel expected)
    {
        BenchmarkContributor[] contributors = [.. Enumerable.Range(0, 4).Select(i => OfEvents(treatedEvents + i, comparisonEvents + (3 * (i % 2))))];

        var pooled = Pool(contributors);

        Assert.Equal(expected, pooled.Model);
        Assert.Equal(expected == BenchmarkModel.OneStageStratified, pooled.OneStage is not null);
        Assert.NotNull(pooled.Pooled);
        // Of 60 and 120 persons with as many events the odds are about twice.
        if (pooled.OneStage is { } ratio) Assert.InRange(ratio.OddsRatio, 1.2, 2.2);
    }

    [Fact]
    public void Pool_RareButSharingPersons_StaysTwoStage()
    {
        BenchmarkContributor[] contributors = [.. Enumerable.Range(0, 4).Select(i => OfEvents(4 + i, 4 + (2 * i)))];

        Assert.Equal(BenchmarkModel.TwoStage, Pool(contributors, correlation: 0.2).Model);
    }

    [Fact]
    public void Pool_SameEstimateTwice_IsNotPooled() =>
        Assert.Equal(NotPoolableReason.SamePersons, Pool([Of(1, 0.5), Of(2, 0.5), Of(3, 0.5)], correlation: 1).NotPoolable);

    [Fact]
    public void Pool_Balance_IsTheMeanByParticipantsAndTheWorst()
    {
        var pooled = Pool([Of(1, 0.5, 40, 0.1), Of(2, 0.5, 120, -0.02), Of(4, 0.5, 40, 0.04)]);

        var row = Assert.Single(pooled.Balance);
        Assert.Equal(((40 * 0.1) + (120 * 0.02) + (40 * 0.04)) / 200, row.MeanAfter, 1e-12);
        Assert.Equal((0.1, new OrganisationId("1001"), 3), (row.WorstAfter, row.Worst, row.Contributors));
    }

    [Fact]
    public void Add_InfluenceOfAnotherLength_IsRefused()
    {
        var cohort = SampleCohorts.Of([true, true, false, false], [1, 2, 3, 4], [("x@1", [1, 2, 3, 5])]);

        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedPersons().Add(null!, cohort, [1.0, 2.0], 1));
        Assert.Empty(new SharedPersons().Covariance());
    }

    private static Benchmark Pool(BenchmarkContributor[] contributors, MeasureDirection direction = MeasureDirection.HigherIsBetter, double correlation = 0)
    {
        BenchmarkContributor[] named = [.. contributors.Select((c, i) => c with { Municipality = new OrganisationId($"{1001 + i}") })];
        var k = named.Length;
        var covariance = new double[k * k];
        for (var a = 0; a < k; a++)
        {
            for (var b = 0; b < k; b++)
            {
                covariance[(a * k) + b] = (a == b ? 1 : correlation) * named[a].Estimate.StandardError * named[b].Estimate.StandardError;
            }
        }

        var bare = new Benchmark(
            BenchmarkWorld.Key, 0.95, BenchmarkModel.TwoStage, named, [], null, null, null, [], DataPolicy.Standard,
            new BenchmarkLineage("s", "i", "0.1.0-test", TestLab.Start));
        return BenchmarkPool.Pool(bare, covariance, direction, TestContext.Current.CancellationToken);
    }

    private static BenchmarkContributor Of(double point, double error, int treated = 60, double smd = 0.01) => new(
        default, "plan", 1, 1, "run",
        new PointEstimate(EstimateGroup.AllTreated, point, error, "robust", point - error, point + error, 0.5, point, 0, treated, 120, 100, 1, 170, null, null),
        new Diagnostics(GateVerdict.Pass, [], [new CovariateBalance("x@1", false, 0, 0, 0, 0.3, smd, 1, 0)], 0.3, Math.Abs(smd), null, null, 100, treated, 120),
        null);

    private static BenchmarkContributor OfEvents(int treatedEvents, int comparisonEvents)
    {
        var (p, q) = (treatedEvents / 60.0, comparisonEvents / 120.0);
        var of = Of(p - q, Math.Sqrt((p * (1 - p) / 60) + (q * (1 - q) / 120)));
        return of with
        {
            Estimate = of.Estimate with
            {
                TreatedMean = p, CounterfactualMean = q, EffectiveComparison = 120, TreatedEvents = treatedEvents, ComparisonEvents = comparisonEvents,
            },
        };
    }
}
