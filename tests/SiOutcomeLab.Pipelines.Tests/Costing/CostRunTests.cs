using System.Text.Json;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.UnitCosts;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Weighting;
using NotEstimableReason = SiOutcomeLab.Domain.Effects.NotEstimableReason;

namespace SiOutcomeLab.Pipelines.Tests.Costing;

public sealed class CostRunTests
{
    // Means are double and the naive route decimal: they part at the fifteenth digit of some hundred thousand kronor.
    private const int Decimals = 3;

    [Fact]
    public async Task Cost_SmallWorld_IsWeightsTimesOutcomesTimesPricesByHand()
    {
        var world = CostWorld.Draw();
        var costs = (await world.CostAsync(CostWorld.Plan)).Costs;

        var weights = Weights(world, Everybody);
        var (untreated, without) = (new decimal[2], new decimal[2]);
        var with = new decimal[2];
        for (var i = 0; i < world.Days.Length; i++)
        {
            for (var year = 1; year <= 2; year++)
            {
                var sek = (world.Days[i][year] * CostWorld.PerDay) + (world.Months[i][year] * CostWorld.PerMonth);
                if (CostWorld.Treated[i]) with[year - 1] += sek / CostWorld.Participants;
                else
                {
                    untreated[year - 1] += sek / CostWorld.Others;
                    without[year - 1] += sek * (decimal)weights[i];
                }
            }
        }

        Near((untreated[0] + untreated[1]) / 2, costs.TargetGroup!.PerPersonYear.Paid.Sek);
        Near((without[0] + without[1]) / 2, costs.Counterfactual!.PerPersonYear.Paid.Sek);
        var saved = ((without[0] - with[0]) / 1.035m) + ((without[1] - with[1]) / (1.035m * 1.035m));
        Near(saved, costs.Saving!.EconomicValue.Paid.Sek);
        Assert.Null(costs.NotEstimable);
        Assert.Equal(CostWorld.Participants, costs.Saving.Participants);
    }

    [Fact]
    public async Task Cost_SmallWorld_FallsOnWhoPaysInThreeLines()
    {
        var world = CostWorld.Draw();
        var costs = (await world.CostAsync(CostWorld.Plan)).Costs;

        var weights = Weights(world, Everybody);
        var (days, months) = (Less(world.Days, weights), Less(world.Months, weights));
        decimal[] discounted = [1 / 1.035m, 1 / (1.035m * 1.035m), 1 / (1.035m * 1.035m * 1.035m)];
        var value = ((days[0] * discounted[0]) + (days[1] * discounted[1])) * CostWorld.PerDay;
        var support = ((months[0] * discounted[0]) + (months[1] * discounted[1])) * CostWorld.PerMonth;
        // A day less is worth 72 % to the municipality; 80 % stop being spent, 60 % leave budgets a year later. Of support, half does.
        var municipality = costs.Saving!.EconomicValue.ByActor.Single(a => a.Actor == Actor.Municipality);
        Near(0.72m * value, municipality.Real.Sek);
        Near(support, municipality.Transfers.Sek);
        Near(value, costs.Saving.EconomicValue.Society.Sek);
        Near(-support, costs.Saving.EconomicValue.ByActor.Single(a => a.Actor == Actor.Individual).Together.Sek);
        Near(0.8m * 0.28m * value, costs.Saving.Marginal.ByActor.Single(a => a.Actor == Actor.StateInstitutions).Together.Sek);
        Near(
            discounted[1] * ((0.6m * 0.72m * days[0] * CostWorld.PerDay) + (0.5m * months[0] * CostWorld.PerMonth)),
            costs.Saving.BudgetReducible.ByActor.Single(a => a.Actor == Actor.Municipality).Together.Sek);
        Near(
            discounted[2] * ((0.6m * days[1] * CostWorld.PerDay) + (0.5m * months[1] * CostWorld.PerMonth)), costs.Saving.BudgetReducibleLater.Paid.Sek);
    }

    [Fact]
    public async Task Cost_Intervals_AreAsWideAsRefitsOnDrawnPersonsSay()
    {
        const int Refits = 400;
        var world = CostWorld.Draw();
        var costs = (await world.CostAsync(CostWorld.Plan)).Costs;
        var random = new Random(20260601);
        var (savings, baselines, groups) = (new double[Refits], new double[Refits], new double[Refits]);
        for (var r = 0; r < Refits; r++)
        {
            int[] drawn =
            [
                .. Enumerable.Range(0, CostWorld.Participants).Select(_ => random.Next(CostWorld.Participants)),
                .. Enumerable.Range(0, CostWorld.Others).Select(_ => CostWorld.Participants + random.Next(CostWorld.Others)),
            ];
            var weights = Weights(world, drawn);
            for (var at = 0; at < drawn.Length; at++)
            {
                var i = drawn[at];
                double[] sek = [Sek(world, i, 1), Sek(world, i, 2)];
                var value = (sek[0] / 1.035) + (sek[1] / (1.035 * 1.035));
                savings[r] += CostWorld.Treated[i] ? -value / CostWorld.Participants : value * weights[at];
                if (CostWorld.Treated[i]) continue;
                baselines[r] += (sek[0] + sek[1]) / 2 * weights[at];
                groups[r] += (sek[0] + sek[1]) / 2 / CostWorld.Others;
            }
        }

        // 400 refits know a standard error to 3.5 %: 11 % is three times that.
        Assert.InRange((double)costs.Saving!.EconomicValue.Paid.StandardError / Spread(savings), 0.89, 1.11);
        Assert.InRange((double)costs.Counterfactual!.PerPersonYear.Paid.StandardError / Spread(baselines), 0.89, 1.11);
        Assert.InRange((double)costs.TargetGroup!.PerPersonYear.Paid.StandardError / Spread(groups), 0.89, 1.11);
    }

    [Fact]
    public async Task Cost_OutcomesThatFollowNothing_DoubtTheCounterfactualByItsOwnRowsOnly()
    {
        var (world, random) = (CostWorld.Draw(), new Random(7));
        for (var i = 0; i < world.Days.Length; i++)
        {
            world.Days[i][1] = world.Days[i][2] = CostWorld.Treated[i] ? 100 : random.Next(300);
            world.Months[i][1] = world.Months[i][2] = 3;
        }

        var counterfactual = (await world.CostAsync(CostWorld.Plan)).Costs.Counterfactual!.PerPersonYear;

        // Weights that have nothing to do with the outcome: the mean's error is the spread times the root of the squared weights' sum.
        var weights = Weights(world, Everybody);
        var others = Everybody[CostWorld.Participants..];
        var expected = (double)CostWorld.PerDay * Spread([.. others.Select(i => (double)world.Days[i][1])]) * Math.Sqrt(others.Sum(i => weights[i] * weights[i]));
        Assert.InRange((double)counterfactual.Paid.StandardError / expected, 0.9, 1.1);
        Near(3 * CostWorld.PerMonth, counterfactual.TransfersPaid.Sek);
        Assert.Equal(0m, counterfactual.TransfersPaid.StandardError);
    }

    [Theory]
    [InlineData(EstimatorKind.AugmentedInversePropensity)]
    [InlineData(EstimatorKind.GComputation)]
    public async Task Cost_OutcomeModel_KeepsTheWeightedCounterfactual(EstimatorKind kind)
    {
        var world = CostWorld.Draw();
        var weighted = (await world.CostAsync(CostWorld.Plan)).Costs;
        var modelled = (await world.CostAsync(CostWorld.Plan with { Estimator = kind })).Costs;

        Near(weighted.Counterfactual!.PerPersonYear.Paid.Sek, modelled.Counterfactual!.PerPersonYear.Paid.Sek);
        Assert.InRange(modelled.Saving!.EconomicValue.Paid.Sek / weighted.Saving!.EconomicValue.Paid.Sek, 0.9m, 1.1m);
    }

    [Fact]
    public async Task Cost_MeasureWithoutUnitCost_IsToldAndTheOthersCounted()
    {
        var world = CostWorld.Draw();
        var plan = CostWorld.Plan with
        {
            Secondaries = [.. CostWorld.Plan.Secondaries!, new OutcomeDefinition(new MeasureCode("earnings_sek"), 2, OutcomeSummary.SumToHorizon)],
        };

        var (with, without) = ((await world.CostAsync(plan)).Costs, (await world.CostAsync(CostWorld.Plan)).Costs);

        var gap = Assert.Single(with.Gaps);
        Assert.Equal((CostGapKind.NoUnitCost, "earnings_sek"), (gap.Kind, gap.Measure.Code));
        Assert.Equal(without.Saving!.EconomicValue.Paid, with.Saving!.EconomicValue.Paid);
        Assert.Empty(without.Gaps);
    }

    [Fact]
    public async Task Cost_NothingPriced_TellsEveryGapAndNoKrona()
    {
        var plan = CostWorld.Plan with { Primary = new OutcomeDefinition(new MeasureCode("earnings_sek"), 2, OutcomeSummary.AtHorizon), Secondaries = null };

        var costs = (await CostWorld.Draw().CostAsync(plan)).Costs;

        Assert.Single(costs.Gaps);
        Assert.Null(costs.TargetGroup);
        Assert.Null(costs.Saving);
    }

    [Fact]
    public void Measures_OtherHorizon_IsNotCounted()
    {
        var plan = CostWorld.Plan with { Secondaries = [CostWorld.Plan.Secondaries![0] with { HorizonPeriods = 1 }] };

        Assert.Equal(["placement_days"], CostingPlan.Measures(plan).Select(m => m.Code));
    }

    [Theory]
    [InlineData(11, 60, EstimateGroup.AllTreated)]
    [InlineData(13, 47, EstimateGroup.MatchedTreated)]
    public async Task Cost_ParticipantsLost_MoneyCountsAllFromEightyPercentElseThoseRetained(int lost, int counted, EstimateGroup group)
    {
        var saving = (await CostWorld.Draw().CostAsync(CostWorld.Plan, lost)).Costs.Saving!;

        Assert.Equal((counted, group), (saving.Participants, saving.HoldsFor));
        Assert.Equal((60 - lost) / 60.0, saving.ShareRetained, 12);
    }

    // Five participants lack the months of a year, ten others the days of one: kronor are counted on none of them, in any measure.
    [Fact]
    public async Task Rows_AMeasureNotObservedInAYear_AreLeftOutOfEveryMeasure()
    {
        await using var lab = await TestLab.OpenAsync();
        var data = CostWorld.Draw().Delivery();
        foreach (var (person, period, values) in data.AllRows)
        {
            var number = Convert.ToInt32(person, 16);
            if (number < 5 && period.ToString() == (number < 3 ? "2024" : "2023")) values["income_support_months"] = null;
            if (number is >= 60 and < 70 && period.ToString() == (number < 65 ? "2024" : "2023")) values["placement_days"] = null;
        }

        await lab.CommitAsync(data);
        var rows = await CostWorld.RowsAsync(lab, CostWorld.Plan, CostWorld.Costing);

        Assert.Equal(Enumerable.Range(0, 300).Where(i => i is >= 5 and (< 60 or >= 70)).Select(i => new PersonId(0, (UInt128)(ulong)i)), rows.Person.Order());
        Assert.All(rows.PerYear(GateVerdict.Pass), year => Assert.DoesNotContain(double.NaN, year));
        Assert.Equal(new FlowStep(FlowStepKind.OutcomeObserved, 55, 230), rows.Cohort.Flow[^1]);
        Assert.Equal(60, rows.Cohort.EligibleTreated);
    }

    // Forty more start in 2023: they are the final look's, and at the first they are others still.
    [Theory]
    [InlineData(1, 60, 240)]
    [InlineData(2, 100, 440)]
    public async Task Cost_AtALook_CountsThoseWhoHadStartedByIt(int look, int participants, int rows)
    {
        await using var lab = await TestLab.OpenAsync();
        var data = CostWorld.Draw().Delivery();
        for (var i = CostWorld.Participants; i < CostWorld.Participants + 40; i++) data.Start(i, SamplePlans.Code, "2023-02-01");
        await lab.CommitAsync(data);
        var plan = CostWorld.Plan with
        {
            LastIndex = SamplePlans.Year(2023),
            Primary = CostWorld.Plan.Primary with { HorizonPeriods = 1 },
            Secondaries = null,
            InterimLooks = [new InterimLook(CostWorld.Plan.LookDueOn.AddDays(-100), SamplePlans.Year(2022), 0.5)],
        };
        var snapshot = CohortBuilder.SnapshotFor(plan, await lab.Catalogue.Submissions.InProjectAsync(plan.Project, TestLab.Token));

        var costed = await new CostRun(lab.Catalogue, lab.Lake, lab.FollowUp)
            .CostAsync(plan, look, snapshot, Standing.Indicative, CostWorld.Costing, TestLab.Token);

        Assert.Equal((look, participants), (costed.Costs.Look, costed.Costs.Saving!.Participants));
        // 240 who had not started by the end of 2022, and 200 by the end of 2023.
        Assert.Equal(rows, costed.TargetGroup!.Person.Length);
    }

    [Fact]
    public async Task Cost_GroupsNotComparable_HasTheTargetGroupAlone()
    {
        var plan = CostWorld.Plan with { Balancing = new BalancingMethod.NearestNeighbourMatching(1, null, true, false), Estimator = EstimatorKind.Matched };

        var costs = (await CostWorld.Draw(shift: 40).CostAsync(plan)).Costs;

        Assert.Equal(NotEstimableReason.BalanceGateFailed, costs.NotEstimable!.Reason);
        Assert.Null(costs.Counterfactual);
        Assert.Null(costs.Saving);
        Assert.NotNull(costs.TargetGroup);
        Assert.Equal(2, costs.Prices.Count);
    }

    [Fact]
    public async Task Cost_SameInput_SameBytes()
    {
        var world = CostWorld.Draw();

        var (first, second) = ((await world.CostAsync(CostWorld.Plan)).Costs, (await world.CostAsync(CostWorld.Plan)).Costs);

        Assert.Equal(JsonSerializer.Serialize(first, DomainJson.Options), JsonSerializer.Serialize(second, DomainJson.Options));
    }

    [Fact]
    public async Task Cost_OneParticipantOfGreatCost_IsCutBesideTheMean()
    {
        var world = CostWorld.Draw();
        var plain = (await world.CostAsync(CostWorld.Plan)).Costs.Saving!;
        (world.Days[0][1], world.Days[0][2]) = (365, 365);

        var dear = (await world.CostAsync(CostWorld.Plan)).Costs.Saving!;

        // Some 280 days dearer in two years, over 60 persons, is above 30 000 kronor; cut at the dearest hundredth, the year moves half of it at most.
        var moved = plain.EconomicValue.Paid.Sek - dear.EconomicValue.Paid.Sek;
        Assert.True(moved > 30_000m);
        Assert.InRange(plain.WinsorisedPaid - dear.WinsorisedPaid, 0m, moved / 2);
    }

    [Fact]
    public async Task Pool_OnePlan_IsThatPlansOwnBaselines()
    {
        var plan = await CostWorld.Draw().CostAsync(CostWorld.Plan);

        var group = CostWorld.Costing.Pool(BaselineKind.TargetGroup, "ips", "A1", "0", [plan]);
        var without = CostWorld.Costing.Pool(BaselineKind.Counterfactual, "ips", "A1", "0", [plan]);

        Near(plan.Costs.TargetGroup!.PerPersonYear.Paid.Sek, group.Baseline!.PerPersonYear.Paid.Sek);
        Near(plan.Costs.Counterfactual!.PerPersonYear.Paid.Sek, without.Baseline!.PerPersonYear.Paid.Sek);
        Near(plan.Costs.Counterfactual.PerPersonYear.Paid.StandardError, without.Baseline.PerPersonYear.Paid.StandardError);
        Assert.Equal(("ips", "A1", 2), (group.Scope.Subject, group.Scope.MunicipalityGroup, group.Scope.HorizonYears));
        Assert.Equal(CostWorld.Others, group.Baseline.PerPersonYear.Contributors.Persons);
    }

    [Fact]
    public async Task Pool_SeveralHorizons_IsRefused()
    {
        var world = CostWorld.Draw();
        var year = CostWorld.Plan with { Primary = CostWorld.Plan.Primary with { HorizonPeriods = 1 }, Secondaries = null };
        Costed[] plans = [await world.CostAsync(CostWorld.Plan), await world.CostAsync(year)];

        Assert.Throws<ArgumentException>(() => CostWorld.Costing.Pool(BaselineKind.TargetGroup, "ips", "A1", "0", plans));
    }

    private static int[] Everybody => [.. Enumerable.Range(0, CostWorld.Participants + CostWorld.Others)];

    // The comparison persons' weights, summing to 1, asked of the statistics directly.
    private static double[] Weights(CostWorld world, int[] persons)
    {
        var design = DesignMatrix.FromColumns(
            [("days", [.. persons.Select(i => (double)world.Days[i][0])]), ("months", [.. persons.Select(i => (double)world.Months[i][0])])]);
        bool[] treated = [.. persons.Select(i => CostWorld.Treated[i])];
        var weights = EntropyBalancing.Att(design, treated).Match(w => w.Weights.ToArray(), (_, _) => []);
        var sum = weights.Where((_, at) => !treated[at]).Sum();
        return Array.ConvertAll(weights, w => w / sum);
    }

    private static decimal[] Less(int[][] values, double[] weights) =>
    [
        .. new[] { 1, 2 }.Select(year => Everybody.Sum(
            i => CostWorld.Treated[i] ? -values[i][year] / (decimal)CostWorld.Participants : values[i][year] * (decimal)weights[i])),
    ];

    private static double Sek(CostWorld world, int i, int year) =>
        (world.Days[i][year] * (double)CostWorld.PerDay) + (world.Months[i][year] * (double)CostWorld.PerMonth);

    private static double Spread(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    private static void Near(decimal expected, decimal actual) => Assert.Equal(decimal.Round(expected, Decimals), decimal.Round(actual, Decimals));
}
