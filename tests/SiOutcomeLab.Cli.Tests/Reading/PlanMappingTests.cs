using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Mapping;

namespace SiOutcomeLab.Cli.Tests.Reading;

/// <summary>A plan goes over the wire and comes back the same: its hash says so.</summary>
public sealed class PlanMappingTests
{
    private static readonly BalancingMethod[] Methods =
    [
        new BalancingMethod.EntropyBalancing(),
        new BalancingMethod.InversePropensityWeighting(),
        new BalancingMethod.OverlapWeighting(),
        new BalancingMethod.FullMatching(null),
        new BalancingMethod.FullMatching(0.25),
        new BalancingMethod.Subclassification(6),
        new BalancingMethod.NearestNeighbourMatching(10, 0.2, OnLogit: true, Replacement: false) { IsVariable = true },
    ];

    [Fact]
    public async Task ToDomain_OfAPlanWithEveryOption_IsThePlan()
    {
        var plan = await PlainAsync() with
        {
            Version = 2,
            InterimLooks =
            [
                new InterimLook(new DateOnly(1978, 1, 1), new Period(PeriodLength.Year, 1974), 0.4),
                new InterimLook(new DateOnly(1978, 7, 1), new Period(PeriodLength.Year, 1975), 0.7),
            ],
            Spending = AlphaSpendingKind.Pocock,
            ResultsDueOn = new DateOnly(1980, 6, 30),
            Secondaries = [new OutcomeDefinition(new MeasureCode("a"), 4, OutcomeSummary.AtHorizon)],
            SecondaryRule = SecondaryRule.Hierarchy,
            NegativeControls = [new OutcomeDefinition(new MeasureCode("b"), 2, OutcomeSummary.SumToHorizon)],
            Subgroups = [new SubgroupDefinition("age_years", 1, 30), new SubgroupDefinition("race_us", 2)],
            Placebos = [new PlaceboDefinition(new MeasureCode("a"), 3, 0.5)],
            SensitivityPools = [ComparisonPool.MunicipalityGroup, ComparisonPool.Similar],
            LaterStart = LaterStartRule.Censored,
            AttritionWeights = true,
            AmendmentReason = "The horizon was too short.",
        };

        Assert.Equal(PlanHash.Of(plan), PlanHash.Of(PlanMapping.ToDomain(PlanMapping.ToWire(plan))));
    }

    [Fact]
    public async Task ToDomain_OfEveryBalancingMethod_IsThePlan()
    {
        var plain = await PlainAsync();
        foreach (var plan in Methods.Select(m => plain with { Balancing = m }))
        {
            Assert.Equal(PlanHash.Of(plan), PlanHash.Of(PlanMapping.ToDomain(PlanMapping.ToWire(plan))));
        }
    }

    private static async Task<EvaluationPlan> PlainAsync() => (await PlanFiles.ReadPlansAsync(
        Path.Combine(HubFixture.Datasets, "nsw", "plans.json"), TestContext.Current.CancellationToken))[0];
}
