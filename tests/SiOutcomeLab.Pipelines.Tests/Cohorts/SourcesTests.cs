using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts;

/// <summary>Whose word counts: of movers that two municipalities tell of, and of measures that a region or agency owns.</summary>
public sealed class SourcesTests
{
    private static readonly EvaluationPlan Project = SamplePlans.Years with
    {
        Pool = ComparisonPool.Project, TieOrder = TieOrder.Pseudonym, LastIndex = SamplePlans.Year(2022), Covariates = [new("age_years", 1)],
    };

    // The row says where the person is registered: by the first committed municipality, by the second, and by which of them the row counts.
    [Theory]
    [InlineData("0180", "0180", 30)]
    [InlineData("0180", "1281", 30)]
    [InlineData("1281", "1281", 40)]
    [InlineData("1281", "0180", 30)]
    public async Task Build_MoverToldOfTwice_CountsTheRowOfTheMunicipalityThatItNames(string first, string second, int age)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp { Municipality = first }
            .Years(0, 2021, 30, "man", 1, 2, 3).Years(7, 2021, 50, "man", 1, 2, 3).Start(7, SamplePlans.Code, "2022-02-01"));
        await lab.CommitAsync(new FollowUp { Municipality = second }.Years(0, 2021, 40, "man", 1, 2, 3), SamplePlans.Other);

        var cohort = await lab.CohortAsync(Project);
        var own = await lab.CohortAsync(Project with { Pool = ComparisonPool.OwnOrganisation });

        Assert.Equal([age, 50], cohort.Covariates.Column(0).ToArray());
        // What another municipality says is nothing to a plan that does not read it.
        Assert.Equal([30.0, 50], own.Covariates.Column(0).ToArray());
    }

    [Fact]
    public async Task Build_FilesWithTheirColumnsOtherwise_AreReadByTheColumnsNames()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp()
            .Years(0, 2021, 30, "man", 1, 2, 3).Years(7, 2021, 50, "man", 1, 2, 3).Start(7, SamplePlans.Code, "2022-02-01"));
        var otherwise = new FollowUp { Municipality = "1281" };
        foreach (var (year, earnings) in (ReadOnlySpan<(string, double)>)[("2021", 5), ("2022", 6), ("2023", 8)])
        {
            otherwise.Row(3, year, ("earnings_sek", earnings), ("psychiatry_visits", 77.0), ("age_years", 44), ("sex", "man"));
        }

        await lab.CommitAsync(otherwise, SamplePlans.Other);
        // Without the last column of the first file, and with fewer columns than that one's place.
        await lab.CommitAsync(new FollowUp { Municipality = "1480" }.Row(4, "2021", ("age_years", 61)).Row(4, "2023", ("age_years", 61)), "1480");

        var trials = await lab.TrialsAsync(Project);

        Assert.Equal([30.0, 44, 61, 50], trials.Covariates.Column(0).ToArray());
        Assert.Equal([3.0, 8, double.NaN, 3], trials.Outcomes[0].Sealed.Unseal(GateVerdict.Pass).ToArray());
    }

    // A region's rows too: of both files' row groups only some rows are of years that the plan reads.
    [Theory]
    [InlineData(null)]
    [InlineData("skatteverket")]
    public async Task Build_YearsBeforeThoseNeededBetweenOthers_LeaveValuesAndTheirAbsenceWhereTheyAre(string? owner)
    {
        await using var lab = await TestLab.OpenAsync();
        var (own, told) = (new FollowUp(), new FollowUp { GroupRows = 11 });
        for (var person = 0; person < 9; person++)
        {
            for (var year = 2014; year <= 2023; year++)
            {
                // Of the years before there are values where those needed have none, and the other way about.
                var earnings = (person % 3 == 0) == (year < 2021) ? (double?)null : (100 * person) + year - 2000;
                var sex = (person % 2 == 0) == (year < 2021) ? null : year < 2021 ? "before" : "after";
                own.Row(person, $"{year}", ("age_years", 30 + person), ("earnings_sek", owner is null ? earnings : 1.0), ("sex", sex));
                told.Row(person, $"{year}", ("earnings_sek", earnings));
            }
        }

        own.Start(8, SamplePlans.Code, "2022-02-01");
        await lab.CommitAsync(own);
        if (owner is not null) await lab.CommitAsync(told, owner, AllowedUses.ComparisonForOthers);

        var trials = await lab.TrialsAsync(Project with { Pool = ComparisonPool.OwnOrganisation, Covariates = [new("age_years", 1), new("sex", 1)] });

        // Every other person has no sex told in those years, and is nobody to compare with.
        Assert.Equal([30.0, 32, 34, 36, 38], trials.Covariates.Column(0).ToArray());
        Assert.Equal([23.0, double.NaN, double.NaN, 623, double.NaN], trials.Outcomes[0].Sealed.Unseal(GateVerdict.Pass).ToArray());
        Assert.DoesNotContain(trials.Covariates.Names, n => n.Contains("before", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(AllowedUses.ComparisonForOthers, 500.0)]
    [InlineData(AllowedUses.OwnEvaluation, 3.0)]
    public async Task Build_MeasureOfAnAgency_IsItsOwnersWhereTheOwnerAllows(AllowedUses uses, double expected)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp().Years(0, 2021, 30, "man", 1, 2, 3).Years(7, 2021, 50, "man", 1, 2, 3).Start(7, SamplePlans.Code, "2022-02-01"));
        var agency = new FollowUp { GroupRows = 2 };
        for (var person = 0; person < 10; person++) agency.Row(person, "2023", ("earnings_sek", person == 7 ? null : 500.0), ("income_support_months", 12));
        await lab.CommitAsync(agency, "skatteverket", uses);
        var plan = Project with { Pool = ComparisonPool.OwnOrganisation };

        var trials = await lab.TrialsAsync(plan);

        // Nobody is in a risk set for an agency's row alone.
        Assert.Equal(2, trials.Rows);
        var outcome = trials.Outcomes[0].Sealed.Unseal(GateVerdict.Pass);
        Assert.Equal(expected, outcome[0]);
        // The owner tells of the period: where it is silent, the municipality's figure does not stand in.
        Assert.Equal(uses == AllowedUses.ComparisonForOthers ? double.NaN : 3.0, outcome[1]);
    }

    [Fact]
    public async Task Build_MeasureOfARegion_IsNotTheTaxAgencysToTell()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp()
            .Row(0, "2021", ("age_years", 30)).Row(0, "2023", ("psychiatry_visits", 4)).Row(7, "2021", ("age_years", 30)).Start(7, SamplePlans.Code, "2022-02-01"));
        await lab.CommitAsync(new FollowUp().Row(0, "2023", ("psychiatry_visits", 9), ("earnings_sek", 1.0)), "skatteverket", AllowedUses.ComparisonForOthers);
        var plan = Project with { Primary = new OutcomeDefinition(new("psychiatry_visits"), 1, OutcomeSummary.AtHorizon) };

        var cohort = await lab.CohortAsync(plan);

        Assert.Equal([4.0], cohort.Outcome.Unseal(GateVerdict.Pass));
    }

    // Person 0 is told of by both regions, person 7 by the second alone: the first committed stays where it says something.
    [Theory]
    [InlineData("region-skane", "region-stockholm", 4.0)]
    [InlineData("region-stockholm", "region-skane", 9.0)]
    public async Task Build_TwoRegionsTellOfAPerson_TheOneCommittedFirstStays(string first, string second, double expected)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp()
            .Row(0, "2021", ("age_years", 30)).Row(7, "2021", ("age_years", 30)).Start(7, SamplePlans.Code, "2022-02-01"));
        var said = new Dictionary<string, double> { ["region-skane"] = 4, ["region-stockholm"] = 9 };
        await lab.CommitAsync(new FollowUp().Row(0, "2023", ("psychiatry_visits", said[first])), first, AllowedUses.ComparisonForOthers);
        await lab.CommitAsync(
            new FollowUp().Row(0, "2023", ("psychiatry_visits", said[second])).Row(7, "2023", ("psychiatry_visits", 2.0)), second, AllowedUses.ComparisonForOthers);
        var plan = Project with { Primary = new OutcomeDefinition(new("psychiatry_visits"), 1, OutcomeSummary.AtHorizon) };

        var trials = await lab.TrialsAsync(plan);

        var outcome = trials.Outcomes[0].Sealed.Unseal(GateVerdict.Pass);
        Assert.Equal([expected, 2.0], outcome);
    }

    [Fact]
    public async Task Build_DeliveredToGroups_JoinsPersonsAndGroupsIntoClusters()
    {
        await using var lab = await TestLab.OpenAsync();
        var data = new FollowUp();
        for (var person = 0; person < 8; person++) data.Years(person, 2021, 30, "man", 1, 2, 3, 4);
        await lab.CommitAsync(data
            .Start(0, SamplePlans.Code, "2022-02-01", "a").Start(1, SamplePlans.Code, "2022-02-01", "b").Start(2, SamplePlans.Code, "2022-02-01")
            .Start(3, SamplePlans.Code, "2023-02-01", "a").Start(4, SamplePlans.Code, "2023-02-01", "b").Start(5, SamplePlans.Code, "2023-02-01", "b"));

        var trials = await lab.TrialsAsync(Project with { LastIndex = SamplePlans.Year(2023) });

        // 0 and 3 took part in group a, 3 also stands as a comparison person before; 1, 4 and 5 in b; 2, 6 and 7 in none.
        int[] clusterOf = [0, 1, 2, 0, 1, 1, 6, 7];
        Assert.Equal(trials.Person.Select(p => clusterOf[p]), trials.Cluster);
        Assert.Equal(trials.Cluster, trials.For(0).Clusters.ToArray());
    }

    [Fact]
    public async Task Build_ChangesAskedFor_ComeWithTheOutcomeBefore()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp()
            .Years(0, 2020, 30, "man", 1, 2, 3, 4, 5).Years(7, 2020, 50, "man", 10, 20, 30, 40, 50).Start(7, SamplePlans.Code, "2022-02-01"));
        var plan = Project with { Sensitivity = [EstimatorKind.DifferenceInDifferences] };
        var sum = plan with { Primary = plan.Primary with { HorizonPeriods = 2, Summary = OutcomeSummary.SumToHorizon } };

        var (atHorizon, summed, unasked) = (await lab.CohortAsync(plan), await lab.CohortAsync(sum), await lab.CohortAsync(Project));

        Assert.Equal([2.0, 20], atHorizon.Before!);
        Assert.Equal([3.0, 30], summed.Before!);
        Assert.Null(unasked.Before);
    }
}
