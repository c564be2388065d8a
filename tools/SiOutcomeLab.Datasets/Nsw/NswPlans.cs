using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Datasets.Nsw;

/// <summary>The two plans of the teaching data: one that passes the balance gate and one that does not.</summary>
internal static class NswPlans
{
    private static readonly MeasureCode Earnings = new("earnings_usd_1982");

    public static IReadOnlyList<EvaluationPlan> All { get; } =
    [
        Plan(
            "nsw-entropy-balancing",
            new BilingualText("Arbetsträning och inkomst 1978, entropibalansering", "Job training and earnings in 1978, entropy balancing"),
            new BalancingMethod.EntropyBalancing(),
            EstimatorKind.EntropyBalancing,
            [EstimatorKind.InversePropensity, EstimatorKind.AugmentedInversePropensity]),
        Plan(
            "nsw-nearest-neighbour",
            new BilingualText("Arbetsträning och inkomst 1978, närmaste granne", "Job training and earnings in 1978, nearest neighbour"),
            new BalancingMethod.NearestNeighbourMatching(Ratio: 1, Caliper: null, OnLogit: false, Replacement: false),
            EstimatorKind.Matched,
            []),
    ];

    private static EvaluationPlan Plan(
        string id,
        BilingualText title,
        BalancingMethod balancing,
        EstimatorKind estimator,
        IReadOnlyList<EstimatorKind> sensitivity) => new(
            id,
            Version: 1,
            NswDataset.Organisation,
            NswDataset.Project,
            NswDataset.Training,
            title,
            PeriodLength.Year,
            FirstIndex: new Period(PeriodLength.Year, 1976),
            LastIndex: new Period(PeriodLength.Year, 1976),
            TargetGroup: [],
            Primary: new OutcomeDefinition(Earnings, HorizonPeriods: 2, OutcomeSummary.AtHorizon),
            Covariates:
            [
                new CovariateTerm("age_years", 1),
                new CovariateTerm("education_years", 1),
                new CovariateTerm("race_us", 1, "black"),
                new CovariateTerm("married", 1),
                new CovariateTerm("no_degree", 1),
                new CovariateTerm(Earnings.Code, 2),
                new CovariateTerm(Earnings.Code, 1),
            ],
            ComparisonPool.OwnOrganisation,
            balancing,
            estimator,
            sensitivity,
            TieOrder.AsDelivered,
            MinimumTreated: 30,
            MinimumComparison: 30,
            SmallestWorthwhileEffect: 1000,
            ConfidenceLevel: 0.95,
            LookDueOn: new DateOnly(1979, 7, 1),
            Seed: 1976) { ResultsDueOn = new DateOnly(1979, 12, 31) };
}
