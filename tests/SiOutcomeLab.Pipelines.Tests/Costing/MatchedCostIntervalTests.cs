using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Costing;

/// <summary>
/// Intervals of kronor where an outcome model stands on matched persons: persons are drawn anew from a population whose saving, and whose costs
/// without the intervention, are known, and the intervals are held to how often they hold them.
/// </summary>
public sealed class MatchedCostIntervalTests
{
    private const int Draws = 300;
    private const int Participants = 60;
    private const int Others = 240;
    private const double Days = 60;
    private const double Shift = 6;

    // Without the intervention 66 days and 6.1 months a year; with it 12 days less in each of two years, a month less in the first and two in the second.
    private static readonly double TrueCosts = ((Days + Shift) * (double)CostWorld.PerDay) + ((5 + ((Days + Shift) / 60)) * (double)CostWorld.PerMonth);
    private static readonly double TrueSaving =
        (((12 * (double)CostWorld.PerDay) + (double)CostWorld.PerMonth) / 1.035)
        + (((12 * (double)CostWorld.PerDay) + (2 * (double)CostWorld.PerMonth)) / (1.035 * 1.035));

    public static TheoryData<BalancingMethod> Matchings =>
    [
        new BalancingMethod.NearestNeighbourMatching(1, 0.2, true, false),
        new BalancingMethod.NearestNeighbourMatching(5, 0.2, true, false) { IsVariable = true },
        new BalancingMethod.FullMatching(null),
    ];

    [Theory]
    [MemberData(nameof(Matchings))]
    public void Cost_OutcomeModelOnMatchedPersons_HasIntervalsThatHoldTheTruthAsOftenAsTheySay(BalancingMethod matching)
    {
        var plan = CostWorld.Plan with { Balancing = matching, Estimator = EstimatorKind.GComputation };
        var random = new Random(20260602);
        var (savings, costs) = (new List<(double Point, double Error, bool Holds)>(), new List<(double Point, double Error, bool Holds)>());
        for (var draw = 0; draw < Draws; draw++)
        {
            var found = CostWorld.Costing.Of(plan, 1, Draw(random), Standing.Indicative, TestContext.Current.CancellationToken).Costs;
            if (found.Saving is not { } saving) continue;
            var (value, without) = (saving.EconomicValue.Paid, found.Counterfactual!.PerPersonYear.Paid);
            savings.Add(((double)value.Sek, (double)value.StandardError, (double)value.Low <= TrueSaving && TrueSaving <= (double)value.High));
            costs.Add(((double)without.Sek, (double)without.StandardError, (double)without.Low <= TrueCosts && TrueCosts <= (double)without.High));
        }

        // The gate leaves out the draws that chance made unlike.
        Assert.InRange(savings.Count, 0.9 * Draws, Draws);
        Hold(savings, TrueSaving);
        Hold(costs, TrueCosts);
    }

    private static void Hold(List<(double Point, double Error, bool Holds)> draws, double truth)
    {
        var spread = Spread(draws);
        // 300 draws know their mean to 0.06 of their spread; what pairs leave unmatched is the rest.
        Assert.InRange(Math.Abs(draws.Average(d => d.Point) - truth) / spread, 0, 0.2);
        // They know the spread to 4 %, and a share of 95 % to 1.3 points: three times each.
        Assert.InRange(draws.Average(d => d.Error) / spread, 0.88, 1.12);
        Assert.InRange(draws.Average(d => d.Holds ? 1.0 : 0), 0.912, 0.988);
    }

    private static double Spread(List<(double Point, double Error, bool Holds)> draws)
    {
        var mean = draws.Average(d => d.Point);
        return Math.Sqrt(draws.Sum(d => Math.Pow(d.Point - mean, 2)) / (draws.Count - 1));
    }

    private static CostedRows Draw(Random random)
    {
        const int All = Participants + Others;
        bool[] treated = [.. Enumerable.Range(0, All).Select(i => i < Participants)];
        double[] days = [.. treated.Select(t => Days + (25 * SampleCohorts.Normal(random)) + (t ? Shift : 0))];
        double[] months = [.. days.Select(d => 5 + (2 * SampleCohorts.Normal(random)) + (d / 60))];
        double[] firstDays = [.. days.Select((d, i) => d - (treated[i] ? 12 : 0) + (20 * SampleCohorts.Normal(random)))];
        double[] lastDays = [.. days.Select((d, i) => d - (treated[i] ? 12 : 0) + (30 * SampleCohorts.Normal(random)))];
        double[] firstMonths = [.. months.Select((m, i) => m - (treated[i] ? 1 : 0) + SampleCohorts.Normal(random))];
        double[] lastMonths = [.. months.Select((m, i) => m - (treated[i] ? 2 : 0) + SampleCohorts.Normal(random))];
        var cohort = SampleCohorts.Of(treated, firstDays, [("placement_days@1", days), ("income_support_months@1", months)]);
        return new CostedRows(
            cohort,
            [Year("placement_days", 1), Year("placement_days", 2), Year("income_support_months", 1), Year("income_support_months", 2)],
            [new(firstDays), new(Sum(firstDays, lastDays)), new(firstMonths), new(Sum(firstMonths, lastMonths))],
            [.. Enumerable.Range(0, All).Select(i => new PersonId(0, (UInt128)(ulong)i))],
            [.. Enumerable.Repeat("0180", All)]);
    }

    private static MeasureYear Year(string measure, int year) =>
        new(new MeasureCode(measure), MeasureVocabulary.Of(new MeasureCode(measure)).Unit.En, year);

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
