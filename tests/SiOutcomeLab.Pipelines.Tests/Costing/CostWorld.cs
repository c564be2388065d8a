using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Pipelines.Tests.Costing;

/// <summary>
/// Persons with days placed and months of income support in four years, some starting in 2022, with the numbers kept so that kronor can be
/// reckoned from them by another way.
/// </summary>
internal sealed class CostWorld
{
    public const int Participants = 60;
    public const int Others = 240;

    /// <summary>Kronor per day (4 900 in 2020) and per month (75 045 a year in 2024 over 6.6 months), in 2024 prices.</summary>
    public const decimal PerDay = 4900m * 415.01m / 335.92m;
    public const decimal PerMonth = 75_045m / 6.6m;

    private static readonly UnitCostRegister Register = UnitCostRegister.Shipped;

    public static EvaluationPlan Plan { get; } = SamplePlans.Years with
    {
        LastIndex = SamplePlans.Year(2022),
        Primary = new OutcomeDefinition(new MeasureCode("placement_days"), 2, OutcomeSummary.SumToHorizon),
        Secondaries = [new OutcomeDefinition(new MeasureCode("income_support_months"), 2, OutcomeSummary.AtHorizon)],
        SecondaryRule = SecondaryRule.Hierarchy,
        Covariates = [new CovariateTerm("placement_days", 1), new CovariateTerm("income_support_months", 1)],
    };

    public static PlanCosting Costing { get; } = new(Prices("teaching"), Register.ContentHash, DiscountRate.ThreeAndAHalfPercent, new LogisticRegression());

    /// <summary>By person, participants first: days and months in 2021, 2023 and 2024.</summary>
    public int[][] Days { get; } = new int[Participants + Others][];

    public int[][] Months { get; } = new int[Participants + Others][];

    public static bool[] Treated { get; } = [.. Enumerable.Range(0, Participants + Others).Select(i => i < Participants)];

    public static CostWorld Draw(int seed = 5, double shift = 6)
    {
        var world = new CostWorld();
        var random = new Random(seed);
        for (var i = 0; i < world.Days.Length; i++)
        {
            var days = 60 + (25 * SampleCohorts.Normal(random)) + (Treated[i] ? shift : 0);
            var months = 5 + (2 * SampleCohorts.Normal(random)) + (days / 60);
            var less = Treated[i] ? 12 : 0;
            world.Days[i] = [Whole(days, 365), Whole(days - less + (20 * SampleCohorts.Normal(random)), 365), Whole(days - less + (30 * SampleCohorts.Normal(random)), 365)];
            world.Months[i] = [Whole(months, 12), Whole(months - (less / 12.0), 12), Whole(months - (less / 6.0) + SampleCohorts.Normal(random), 12)];
        }

        return world;
    }

    public static PriceTerms Prices(string set) => new(Register.FindSet(set)!, Register.FindIndex("kpi")!, 2024, new DateOnly(2026, 6, 1));

    /// <summary>The delivery, of some of the others, with persons' numbers from some number on; participants in <paramref name="lost"/> have no
    /// row for the last year.</summary>
    public FollowUp Delivery(int lost = 0, int first = 0, int others = Others, string municipality = "0180")
    {
        var data = new FollowUp { GroupRows = 500, Municipality = municipality };
        for (var i = 0; i < Participants + others; i++)
        {
            foreach (var (year, at) in new[] { (2021, 0), (2022, 0), (2023, 1), (2024, 2) })
            {
                if (i < lost && year == 2024) continue;
                data.Row(first + i, $"{year}", ("placement_days", Days[i][at]), ("income_support_months", Months[i][at]), ("earnings_sek", 1000.0 + i));
            }

            if (Treated[i]) data.Start(first + i, SamplePlans.Code, "2022-03-01");
        }

        return data;
    }

    public static async Task<CostedRows> RowsAsync(TestLab lab, EvaluationPlan plan, PlanCosting costing) =>
        CostedRows.Of(await lab.TrialsAsync(CostingPlan.Of(plan, costing.Measures(plan).Priced)));

    public async Task<Costed> CostAsync(EvaluationPlan plan, int lost = 0, PlanCosting? costing = null)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(Delivery(lost));
        var snapshot = CohortBuilder.SnapshotFor(plan, await lab.Catalogue.Submissions.InProjectAsync(plan.Project, TestLab.Token));
        return await new CostRun(lab.Catalogue, lab.Lake, lab.FollowUp)
            .CostAsync(plan, 1, snapshot, Standing.Indicative, costing ?? Costing, TestLab.Token);
    }

    private static int Whole(double value, int most) => (int)Math.Clamp(Math.Round(value), 0, most);
}
