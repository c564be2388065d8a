using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Evaluation;

public sealed class PlanRulesTests
{
    private static readonly EvaluationPlan Good = SamplePlans.Years;

    private static readonly Dictionary<string, (EvaluationPlan Plan, string Field)> Bad = new()
    {
        ["no id"] = (Good with { Id = string.Empty }, "id"),
        ["id with a line break"] = (Good with { Id = "jobb\n" }, "id"),
        ["version 0"] = (Good with { Version = 0 }, "version"),
        ["project in capitals"] = (Good with { Project = new ProjectId("Nej") }, "project"),
        ["no Swedish title"] = (Good with { Title = new BilingualText(" ", "x") }, "title_sv"),
        ["long English title"] = (Good with { Title = new BilingualText("x", new string('x', 201)) }, "title_en"),
        ["index backwards"] = (Good with { LastIndex = SamplePlans.Year(2021) }, "last_index"),
        ["index too wide"] = (Good with { LastIndex = Good.FirstIndex.Plus(240) }, "last_index"),
        ["first index of another length"] = (Good with { FirstIndex = new Period(PeriodLength.Quarter, 2022 * 4) }, "first_index"),
        ["last index of another length"] = (Good with { LastIndex = new Period(PeriodLength.Month, 2023 * 12) }, "last_index"),
        ["unknown measure"] = (Good with { Primary = Good.Primary with { Measure = new MeasureCode("happiness") } }, "primary.measure"),
        ["horizon 0"] = (Good with { Primary = Good.Primary with { HorizonPeriods = 0 } }, "primary.horizon_periods"),
        ["horizon 241"] = (Good with { Primary = Good.Primary with { HorizonPeriods = 241 } }, "primary.horizon_periods"),
        ["no covariates"] = (Good with { Covariates = [] }, "covariates"),
        ["61 covariates"] = (Good with { Covariates = [.. Enumerable.Range(1, 61).Select(lag => new CovariateTerm("earnings_sek", lag))] }, "covariates"),
        ["covariate twice"] = (Good with { Covariates = [new("sex", 1), new("sex", 1, "man")] }, "covariates"),
        ["unknown covariate"] = (Good with { Covariates = [new("sex", 1), new("shoe_size", 1)] }, "covariates[1].variable"),
        ["covariate at the start"] = (Good with { Covariates = [new("sex", 0)] }, "covariates[0].lag"),
        ["unknown condition"] = (Good with { TargetGroup = [new("shoe_size", 1, 1, 2, null)] }, "target_group[0].variable"),
        ["condition at the start"] = (Good with { TargetGroup = [new("age_years", 0, 1, 2, null)] }, "target_group[0].lag"),
        ["condition without a limit"] = (Good with { TargetGroup = [new("age_years", 1, 1, 2, null), new("sex", 1, null, null, [])] }, "target_group[1]"),
        ["condition backwards"] = (Good with { TargetGroup = [new("age_years", 1, 30, 29, null)] }, "target_group[0]"),
        ["minimum no number"] = (Good with { TargetGroup = [new("age_years", 1, double.NaN, null, null)] }, "target_group[0]"),
        ["maximum infinite"] = (Good with { TargetGroup = [new("age_years", 1, 18, double.PositiveInfinity, null)] }, "target_group[0]"),
        ["few participants"] = (Good with { MinimumTreated = 9 }, "minimum_treated"),
        ["few comparison persons"] = (Good with { MinimumComparison = 9 }, "minimum_comparison"),
        ["worthwhile 0"] = (Good with { SmallestWorthwhileEffect = 0 }, "smallest_worthwhile_effect"),
        ["worthwhile infinite"] = (Good with { SmallestWorthwhileEffect = double.PositiveInfinity }, "smallest_worthwhile_effect"),
        ["level a half"] = (Good with { ConfidenceLevel = 0.5 }, "confidence_level"),
        ["level 1"] = (Good with { ConfidenceLevel = 1 }, "confidence_level"),
        ["level no number"] = (Good with { ConfidenceLevel = double.NaN }, "confidence_level"),
        ["matched without matching"] = (Good with { Estimator = EstimatorKind.Matched }, "estimator"),
        ["other weights"] = (Good with { Estimator = EstimatorKind.InversePropensity }, "estimator"),
        ["unknown estimator"] = (Good with { Estimator = 0 }, "estimator"),
        ["augmented on matches"] = (Matching(1, null) with { Estimator = EstimatorKind.AugmentedInversePropensity }, "estimator"),
        ["ratio 0"] = (Matching(0, null), "nearest_neighbour.ratio"),
        ["ratio 11"] = (Matching(11, null), "nearest_neighbour.ratio"),
        ["caliper 0"] = (Matching(1, 0), "nearest_neighbour.caliper"),
        ["caliper no number"] = (Matching(1, double.NaN), "nearest_neighbour.caliper"),
        ["one class"] = (Good with { Balancing = new BalancingMethod.Subclassification(1), Estimator = EstimatorKind.Matched }, "subclass.classes"),
        ["full caliper 0"] = (Good with { Balancing = new BalancingMethod.FullMatching(0), Estimator = EstimatorKind.Matched }, "full.caliper"),
        ["only beside another"] = (Good with { Estimator = EstimatorKind.DifferenceInDifferences }, "estimator"),
        ["ten interim looks"] = (
            Good with
            {
                FirstIndex = SamplePlans.Year(2005),
                InterimLooks = [.. Enumerable.Range(0, 10).Select(i => Look(i) with { LastIndex = SamplePlans.Year(2005 + i) })],
            },
            "interim_looks"),
        ["looks on the same day"] = (Good with { InterimLooks = [Look(0) with { DueOn = Good.LookDueOn }] }, "interim_looks[0].due_on"),
        ["all the information early"] = (Good with { InterimLooks = [Look(0) with { InformationFraction = 1 }] }, "interim_looks[0].information_fraction"),
        ["no information"] = (Good with { InterimLooks = [Look(0) with { InformationFraction = 0 }] }, "interim_looks[0].information_fraction"),
        ["information no number"] = (Good with { InterimLooks = [Look(0) with { InformationFraction = double.NaN }] }, "interim_looks[0].information_fraction"),
        ["a look without new persons"] = (Good with { InterimLooks = [Look(0) with { LastIndex = Good.LastIndex }] }, "interim_looks[0].last_index"),
        ["a look of another length"] = (Good with { InterimLooks = [Look(0) with { LastIndex = new Period(PeriodLength.Month, 1) }] }, "interim_looks[0].last_index"),
        ["spending without looks"] = (Good with { Spending = AlphaSpendingKind.Pocock }, "spending"),
        ["secondary is the primary"] = (Good with { Secondaries = [Good.Primary] }, "secondaries[0]"),
        ["secondary twice"] = (Good with { Secondaries = [Longer(1), Longer(1)] }, "secondaries"),
        ["unknown negative control"] = (
            Good with { NegativeControls = [Longer(1) with { Measure = new MeasureCode("happiness") }] }, "negative_controls[0].measure"),
        ["rule without secondaries"] = (Good with { SecondaryRule = SecondaryRule.Hierarchy }, "secondary_rule"),
        ["unknown subgroup"] = (Good with { Subgroups = [new SubgroupDefinition("shoe_size", 1)] }, "subgroups[0].variable"),
        ["subgroup after the start"] = (Good with { Subgroups = [new SubgroupDefinition("sex", 0)] }, "subgroups[0].lag"),
        ["subgroup cut no number"] = (Good with { Subgroups = [new SubgroupDefinition("age_years", 1, double.NaN)] }, "subgroups[0].cut"),
        ["placebo is a covariate"] = (
            Good with { Covariates = [.. Good.Covariates, new("earnings_sek", 5)], Placebos = [Placebo(5)] }, "placebos[0]"),
        ["placebo without a size"] = (Good with { Placebos = [Placebo(6) with { LargestTolerable = 0 }] }, "placebos[0].largest_tolerable"),
        ["placebo after the start"] = (Good with { Placebos = [Placebo(0)] }, "placebos[0].lag"),
        ["its own pool again"] = (Good with { SensitivityPools = [Good.Pool] }, "sensitivity_pools"),
        ["results before the look"] = (Good with { ResultsDueOn = Good.LookDueOn.AddDays(-1) }, "results_due_on"),
        ["weights for the lost beside matching"] = (Good with { AttritionWeights = true, Sensitivity = [EstimatorKind.Matched] }, "attrition_weights"),
        ["weights for the lost in changes"] = (
            Good with { AttritionWeights = true, Sensitivity = [EstimatorKind.DifferenceInDifferences] }, "attrition_weights"),
        ["censored without weights"] = (Good with { LaterStart = LaterStartRule.Censored }, "later_start"),
        ["amended without a reason"] = (Good with { Version = 2 }, "amendment_reason"),
        ["a reason in the first version"] = (Good with { AmendmentReason = "why" }, "amendment_reason"),
    };

    private static InterimLook Look(int i) => new(
        Good.LookDueOn.AddDays(i - 20), Good.FirstIndex, 0.05 * (i + 1));

    private static OutcomeDefinition Longer(int more) => Good.Primary with { HorizonPeriods = Good.Primary.HorizonPeriods + more };

    private static PlaceboDefinition Placebo(int lag) => new(new MeasureCode("earnings_sek"), lag, 1000);

    public static TheoryData<string> Breaches => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(Breaches))]
    public void Breaches_OneThingWrong_NamesItsFieldAlone(string what)
    {
        var (plan, field) = Bad[what];

        var breach = Assert.Single(PlanRules.Breaches(plan));

        Assert.Equal(field, breach.Field);
        Assert.StartsWith("must", breach.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Breaches_PlansAtTheirLimits_AreNone()
    {
        EvaluationPlan[] good =
        [
            Good,
            Matching(10, 0.2),
            Matching(1, null),
            Good with { Estimator = EstimatorKind.AugmentedInversePropensity },
            Good with { Balancing = new BalancingMethod.InversePropensityWeighting(), Estimator = EstimatorKind.AugmentedInversePropensity },
            Good with { LastIndex = Good.FirstIndex.Plus(239), MinimumTreated = 10, MinimumComparison = 10, SmallestWorthwhileEffect = 1e-9, ConfidenceLevel = 0.999 },
            Good with { Primary = Good.Primary with { HorizonPeriods = 240 }, Covariates = [new("sex", 240)] },
            Good with { TargetGroup = [new("age_years", 1, 18, 18, null), new("age_years", 2, 18, null, null), new("sex", 1, null, null, ["man"])], Title = new(new string('x', 200), "x") },
        ];

        Assert.All(good, plan => Assert.Empty(PlanRules.Breaches(plan)));
    }

    [Fact]
    public void Breaches_SeveralThingsWrong_AreAllNamed()
    {
        var plan = Good with { Id = "?", Version = 0, MinimumTreated = 0, Covariates = [] };

        Assert.Equal(["id", "version", "covariates", "minimum_treated"], PlanRules.Breaches(plan).Select(b => b.Field));
    }

    private static EvaluationPlan Matching(int ratio, double? caliper) =>
        Good with { Estimator = EstimatorKind.Matched, Balancing = new BalancingMethod.NearestNeighbourMatching(ratio, caliper, true, false) };
}
