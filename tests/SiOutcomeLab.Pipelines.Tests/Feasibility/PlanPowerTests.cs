using MathNet.Numerics.Distributions;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Feasibility;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Feasibility;

/// <summary>What a plan could find: held against R's power.t.test, and against trials that are simulated.</summary>
public sealed class PlanPowerTests
{
    // One comparison person for each participant, as R reckons.
    private static readonly EvaluationPlan Pairs = SamplePlans.Years with
    {
        Balancing = new BalancingMethod.NearestNeighbourMatching(1, null, false, false),
        SmallestWorthwhileEffect = 1,
    };

    private static readonly PowerTerms Terms = new(100, 0.8, 5000, 2.4, 0);

    // R 4.2.2: power.t.test(n=80, sd=2.4, power=.8)$delta, the same at .9, power.t.test(n=80, delta=1, sd=2.4)$power; R solves to 1e-4.
    [Fact]
    public void Of_OneLookAndNoCovariates_IsWhatRSays()
    {
        var figures = Figures(Pairs, Terms);

        Assert.Equal((80.0, 80.0, 1.0), (figures.RetainedParticipants, figures.ComparisonUsed, figures.PriceOfLooks));
        Assert.Equal(1.06964925157, figures.DetectableAt80, 1e-4);
        Assert.Equal(1.23762944371, figures.DetectableAt90, 1e-4);
        Assert.Equal(0.745122445877, figures.Worthwhile!.Power, 1e-9);
        // power.t.test(delta=1, sd=2.4, power=.8)$n is 91.389: of 115 participants 92 remain, of 114 only 91.2.
        Assert.Equal(115, figures.Worthwhile.ParticipantsFor80);
    }

    [Fact]
    public void Of_CovariatesThatExplain_NeedAsIfTheDeviationWereSmaller()
    {
        var adjusted = Figures(Pairs, Terms with { VarianceExplained = 0.36 });
        var smaller = Figures(Pairs, Terms with { StandardDeviation = 2.4 * 0.8 });

        Assert.Equal(smaller.DetectableAt80, adjusted.DetectableAt80, 1e-9);
        Assert.Equal(smaller.Worthwhile!.Power, adjusted.Worthwhile!.Power, 1e-9);
    }

    // Jennison and Turnbull (2000), table 2.2: five Pocock looks at 80 % raise the information 1.228 times. The spending form is close to it.
    [Theory]
    [InlineData(AlphaSpendingKind.Pocock, 1.19, 1.24)]
    [InlineData(AlphaSpendingKind.OBrienFleming, 1.0, 1.04)]
    public void Of_FiveLooks_TakesTheirPriceIn(AlphaSpendingKind spending, double low, double high)
    {
        var last = Pairs.LastIndex;
        var plan = Pairs with
        {
            InterimLooks = [.. Enumerable.Range(1, 4).Select(k => new InterimLook(Pairs.LookDueOn.AddDays(k - 10), last, k / 5.0))],
            Spending = spending,
        };

        var figures = Figures(plan, Terms);

        Assert.InRange(figures.PriceOfLooks, low, high);
        Assert.Equal(Figures(Pairs, Terms).DetectableAt80 * Math.Sqrt(figures.PriceOfLooks), figures.DetectableAt80, 1e-6);
    }

    // 20,000 trials: a standard error of 0.3 points; four of them allowed.
    [Fact]
    public void Of_TheDetectableEffect_IsFoundInFourSimulatedTrialsOfFive()
    {
        var plan = Pairs with { Balancing = new BalancingMethod.InversePropensityWeighting() };
        var figures = Figures(plan, new PowerTerms(50, 0.8, 300, 2, 0.5));
        Assert.Equal((40.0, 300.0), (figures.RetainedParticipants, figures.ComparisonUsed));
        var random = new Random(11);
        var found = 0;
        const int Trials = 20_000;
        var critical = StudentT.InvCDF(0, 1, 338, 0.975);
        for (var trial = 0; trial < Trials; trial++)
        {
            var (treated, comparison) = (Draw(40, figures.DetectableAt80), Draw(300, 0));
            var pooled = ((39 * Variance(treated)) + (299 * Variance(comparison))) / 338;
            if ((treated.Average() - comparison.Average()) / Math.Sqrt(pooled * ((1 / 40.0) + (1 / 300.0))) > critical) found++;
        }

        Assert.Equal(0.8, found / (double)Trials, 0.012);

        // What the covariates leave of a deviation of 2 is the root of half of 4.
        double[] Draw(int n, double shift) => [.. Enumerable.Range(0, n).Select(_ => shift + (Math.Sqrt(2) * SampleCohorts.Normal(random)))];
        static double Variance(double[] values)
        {
            var mean = values.Average();
            return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
        }
    }

    [Fact]
    public void Of_ItsCurve_RisesThroughFourFifthsAtTheDetectableEffect()
    {
        var figures = Figures(Pairs, Terms);

        Assert.Equal(figures.Curve.OrderBy(p => p.Effect), figures.Curve);
        Assert.Equal(0.025, figures.Curve[0].Power, 1e-9);
        Assert.All(figures.Curve, p => Assert.Equal(p.Effect >= figures.DetectableAt80 - 1e-9, p.Power >= 0.8 - 1e-6));
        Assert.Equal(2 * figures.DetectableAt80, figures.Curve[^1].Effect, 1e-9);
    }

    [Fact]
    public void Of_MoreParticipants_FindLess()
    {
        var figures = Figures(Pairs, Terms);

        Assert.Equal([10, 25, 50, 100, 200], figures.WithMore.Select(m => m.More));
        var sizes = figures.WithMore.Select(m => m.DetectableAt80).Prepend(figures.DetectableAt80).ToArray();
        Assert.Equal(sizes.OrderDescending(), sizes);
        var (participants, power) = figures.ByParticipants[6];
        Assert.Equal(105, participants);
        Assert.Equal(Figures(Pairs, Terms with { Participants = 105 }).Worthwhile!.Power, power, 1e-12);
        Assert.Equal(Figures(Pairs, Terms with { Participants = 200 }).DetectableAt80, figures.WithMore[3].DetectableAt80, 1e-9);
    }

    [Fact]
    public void Of_TooFewComparisonPersons_NoNumberOfParticipantsIsEnough()
    {
        var worthwhile = Figures(Pairs with { SmallestWorthwhileEffect = 0.1 }, Terms with { ComparisonAvailable = 30 }).Worthwhile!;

        Assert.True(double.IsPositiveInfinity(worthwhile.ParticipantsFor80));
    }

    [Fact]
    public void Of_ASpentError_SaysSo()
    {
        var (figures, obstacle) = PlanPower.Of(Pairs, 0.05, Terms);

        Assert.Null(figures);
        Assert.Equal(FeasibilityObstacle.ErrorSpent, obstacle);
        Assert.Equal(0.02, PlanPower.Of(Pairs, 0.03, Terms).Figures!.Level, 1e-12);
        Assert.Equal(FeasibilityObstacle.TooFewExpected, PlanPower.Of(Pairs, 0, Terms with { Participants = 1 }).Obstacle);
    }

    private static PowerFigures Figures(EvaluationPlan plan, PowerTerms terms) => PlanPower.Of(plan, 0, terms).Figures!;
}
