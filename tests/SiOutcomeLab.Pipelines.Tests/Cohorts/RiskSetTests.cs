using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts;

/// <summary>Who is compared with whom, from Parquet files in a lake. Persons are delivered in the order of their numbers, from 0.</summary>
public sealed class RiskSetTests
{
    [Fact]
    public async Task Build_TwoIndexPeriods_FollowsEachPersonThroughBoth()
    {
        await using var lab = await TestLab.OpenAsync();
        var data = new FollowUp();
        for (var person = 0; person < 5; person++) data.Years(person, 2021, 30, "woman", 10 + person, 20 + person, 30 + person, 40 + person);
        await lab.CommitAsync(data
            .Start(0, SamplePlans.Code, "2022-12-31") // starts in the first index period
            .Start(1, SamplePlans.Code, "2023-01-01") // compared in the first, starts in the second
            .Start(3, SamplePlans.Code, "2020-05-01") // started before the window: in no risk set
            .Start(4, SamplePlans.Code, "2024-05-01")); // starts after the window: compared in both, as assigned

        var cohort = await lab.CohortAsync(SamplePlans.Years);

        Assert.Equal(["0:0T", "0:1C", "0:2C", "0:4C", "1:1T", "1:2C", "1:4C"], Rows(cohort));
        Assert.Equal([30.0, 31, 32, 34, 41, 42, 44], cohort.Outcome.Unseal(GateVerdict.Pass));
        Assert.Equal([10.0, 11, 12, 14, 21, 22, 24], cohort.Covariates.Column(0));
        Assert.True(cohort.HasSeveralIndexPeriods);
    }

    [Fact]
    public async Task Build_TwoIndexPeriods_CountsEachComparisonPersonOnce()
    {
        await using var lab = await TestLab.OpenAsync();
        var data = new FollowUp();
        for (var person = 0; person < 5; person++) data.Years(person, 2021, 30, "woman", 10 + person, 20 + person, 30 + person, 40 + person);
        await lab.CommitAsync(data.Start(0, SamplePlans.Code, "2022-12-31").Start(1, SamplePlans.Code, "2023-01-01"));

        var cohort = await lab.CohortAsync(SamplePlans.Years);

        // Persons 1 to 4: person 1 is compared before starting, persons 2 to 4 in both periods, which are seven rows.
        Assert.Equal(7, cohort.Treated.Count(t => !t));
        Assert.Equal(4, cohort.ComparisonCount);
        Assert.All(cohort.Flow, step => Assert.Equal(4, step.Comparison));
        double[] onlyTheSecondPeriod = [.. cohort.Index.Select(i => (double)i)];
        Assert.Equal(3, cohort.ComparisonPersons(onlyTheSecondPeriod));
    }

    [Fact]
    public async Task Build_StartedTheSameMethodElsewhereBefore_IsInNeitherGroup()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.Catalogue.Plans.TryRegisterInterventionAsync(
            new Intervention(new(SamplePlans.Other), new("stod"), "ips", new("Stöd", "Support"), null, null), TestLab.Token);
        await lab.CommitAsync(new FollowUp()
            .Years(0, 2021, 30, "woman", 1, 2, 3, 4).Years(1, 2021, 30, "woman", 1, 2, 3, 4).Years(2, 2021, 30, "woman", 1, 2, 3, 4)
            .Start(0, SamplePlans.Code, "2022-02-01").Start(1, SamplePlans.Code, "2022-02-01"));
        await lab.CommitAsync(new FollowUp().Years(1, 2020, 30, "woman", 1).Start(1, "stod", "2020-06-01"), SamplePlans.Other);

        Assert.Equal(["0:0T", "0:2C"], Rows(await lab.CohortAsync(SamplePlans.Years with { Pool = ComparisonPool.Project })));
    }

    [Fact]
    public async Task Build_StartedTwice_CountsTheFirst()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp()
            .Years(0, 2021, 30, "woman", 1, 2, 3, 4).Years(1, 2021, 30, "woman", 1, 2, 3, 4)
            .Start(0, SamplePlans.Code, "2023-02-01").Start(0, SamplePlans.Code, "2022-02-01"));

        Assert.Equal(["0:0T", "0:1C"], Rows(await lab.CohortAsync(SamplePlans.Years)));
    }

    [Fact]
    public async Task Build_NotObservedTheYearBefore_IsCountedForParticipantsOnly()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp()
            .Years(0, 2021, 30, "woman", 1, 2, 3).Years(1, 2022, 30, "woman", 2, 3).Years(2, 2022, 30, "woman", 2, 3).Years(3, 2021, 30, "man", 1, 2, 3)
            .Start(0, SamplePlans.Code, "2022-02-01").Start(1, SamplePlans.Code, "2022-03-01").Start(9, SamplePlans.Code, "2022-03-01"));

        var cohort = await lab.CohortAsync(SamplePlans.Years with { LastIndex = SamplePlans.Year(2022) });

        Assert.Equal(["0:0T", "0:3C"], Rows(cohort));
        // Person 9 has no row at all and is told of all the same.
        Assert.Equal(new FlowStep(FlowStepKind.Observed, 3, 1), cohort.Flow[0]);
        Assert.Equal(new FlowStep(FlowStepKind.InTargetGroup, 1, 1), cohort.Flow[1]);
    }

    [Fact]
    public async Task Build_OthersInTheProject_LeavesOutThoseWithTheSameMethod()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.Catalogue.Plans.TryRegisterInterventionAsync(
            new Intervention(new(SamplePlans.Other), new("stod"), "ips", new("Stöd", "Support"), null, null), TestLab.Token);
        await lab.Catalogue.Plans.TryRegisterInterventionAsync(
            new Intervention(new(SamplePlans.Other), new("jobb"), "another-method", new("Jobb", "Jobs"), null, null), TestLab.Token);
        await lab.CommitAsync(new FollowUp()
            .Years(0, 2021, 30, "woman", 1, 2, 3, 4).Years(1, 2021, 30, "woman", 1, 2, 3, 4).Start(0, SamplePlans.Code, "2022-02-01"));
        var others = new FollowUp();
        for (var person = 2; person < 6; person++) others.Years(person, 2021, 30, "woman", 1, 2, 3, 4);
        await lab.CommitAsync(
            others
                .Start(2, "stod", "2022-06-01") // same method: no comparison person from 2022 on
                .Start(3, "stod", "2023-06-01") // same method, later: stays, as assigned
                .Start(4, "jobb", "2022-06-01"), // another method under the code that the plan's own intervention has
            SamplePlans.Other);

        Assert.Equal(["0:0T", "0:1C", "0:3C", "0:4C", "0:5C"], Rows(await lab.CohortAsync(SamplePlans.Years with { Pool = ComparisonPool.Project })));
        Assert.Equal(["0:0T", "0:1C"], Rows(await lab.CohortAsync(SamplePlans.Years)));
    }

    [Fact]
    public async Task Build_MoverReportedTwice_KeepsTheRowCommittedFirst()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp()
            .Years(0, 2021, 30, "woman", 1, 2, 3).Years(1, 2021, 40, "woman", 100, 200, null).Start(0, SamplePlans.Code, "2022-02-01"));
        await lab.CommitAsync(new FollowUp().Years(1, 2021, 50, "man", 999, 999, 999, 999), SamplePlans.Other);

        var cohort = await lab.CohortAsync(SamplePlans.Years with { Pool = ComparisonPool.Project, Covariates = [new("age_years", 1), new("earnings_sek", 1)] });

        // The first row holds the place even where it is silent: person 1 has no outcome in 2023.
        Assert.Equal(["0:0T"], Rows(cohort));
        var later = await lab.CohortAsync(
            SamplePlans.Years with { Pool = ComparisonPool.Project, Primary = SamplePlans.Years.Primary with { HorizonPeriods = 2 } });
        Assert.Equal(["0:1C"], Rows(later));
        Assert.Equal([100.0], later.Covariates.Column(0));
        Assert.Equal([999.0], later.Outcome.Unseal(GateVerdict.Pass));
    }

    [Fact]
    public async Task Build_SubmissionInMonths_CountsItsStartsInAPlanOfYearsButNotItsRows()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp()
            .Years(0, 2021, 30, "woman", 1, 2, 3).Years(1, 2021, 30, "woman", 1, 2, 3).Years(2, 2021, 30, "woman", 1, 2, null).Start(0, SamplePlans.Code, "2022-02-01"));
        await lab.CommitAsync(new FollowUp()
            .Row(2, "2025-01", ("earnings_sek", 4.0)).Row(3, "2025-01", ("earnings_sek", 4.0)).Start(1, SamplePlans.Code, "2022-05-01"));

        var cohort = await lab.CohortAsync(SamplePlans.Years with { LastIndex = SamplePlans.Year(2022), Primary = SamplePlans.Years.Primary with { HorizonPeriods = 1 } });
        var far = await lab.CohortAsync(SamplePlans.Years with { LastIndex = SamplePlans.Year(2022), Primary = SamplePlans.Years.Primary with { HorizonPeriods = 3 } });

        Assert.Equal(["0:0T", "0:1T"], Rows(cohort));
        // Person 2's January 2025 is not the year 2025.
        Assert.Empty(Rows(far));
    }

    [Fact]
    public async Task Build_LaterData_ChangesNoEarlierRiskSet()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            await using var lab = await TestLab.OpenAsync();
            var random = new Random(seed);
            var (early, late) = (new FollowUp(), new FollowUp());
            for (var person = 0; person < 40; person++)
            {
                var sex = random.Next(2) == 0 ? "woman" : "man";
                early.Years(person, 2020, 20 + random.Next(40), sex, Earnings(random), Earnings(random), Earnings(random), Earnings(random));
                if (random.Next(3) == 0) early.Start(person, SamplePlans.Code, $"{2021 + random.Next(2)}-0{1 + random.Next(9)}-15");
            }

            for (var person = 0; person < 60; person++)
            {
                late.Years(person, 2024, 25, "woman", Earnings(random), Earnings(random));
                if (random.Next(3) == 0) late.Start(person, SamplePlans.Code, $"{2023 + random.Next(2)}-0{1 + random.Next(9)}-15");
            }

            var plan = SamplePlans.Years with
            {
                FirstIndex = SamplePlans.Year(2021),
                LastIndex = SamplePlans.Year(2024),
                Covariates = [new("age_years", 1), new("sex", 1), new("earnings_sek", 1)],
            };
            await lab.CommitAsync(early);
            var before = await lab.CohortAsync(plan);
            await lab.CommitAsync(late);
            var after = await lab.CohortAsync(plan);

            Assert.True(before.Index.Max() >= 1 && after.Index.Max() > before.Index.Max(), "The world does not test what it should.");
            Assert.Equal(Rows(before), Rows(after).Take(before.Rows));
            Assert.Equal(before.Outcome.Unseal(GateVerdict.Pass), after.Outcome.Unseal(GateVerdict.Pass)[..before.Rows]);
            foreach (var (name, at) in before.Covariates.Names.Select((n, i) => (n, i)))
            {
                Assert.Equal(before.Covariates.Column(at), after.Covariates.Column(after.Covariates.Names.ToList().IndexOf(name))[..before.Rows]);
            }
        }
    }

    [Fact]
    public void SnapshotFor_AllowedUses_DecideWhatAPlanReads()
    {
        const AllowedUses Both = AllowedUses.OwnEvaluation | AllowedUses.ComparisonForOthers;
        Submission[] all =
        [
            Submission(1, SamplePlans.Municipality, Both), Submission(2, SamplePlans.Municipality, AllowedUses.OwnEvaluation),
            Submission(3, SamplePlans.Municipality, AllowedUses.ComparisonForOthers | AllowedUses.PooledResults), Submission(4, SamplePlans.Municipality, AllowedUses.None),
            Submission(5, SamplePlans.Other, Both), Submission(6, SamplePlans.Other, AllowedUses.ComparisonForOthers),
            Submission(7, SamplePlans.Other, AllowedUses.OwnEvaluation | AllowedUses.PooledResults | AllowedUses.ResearchDataSets),
        ];

        Assert.Equal([1, 2], CohortBuilder.SnapshotFor(SamplePlans.Years, all).Submissions.Select(s => s.Sequence));
        Assert.Equal([1, 2, 5, 6], CohortBuilder.SnapshotFor(SamplePlans.Years with { Pool = ComparisonPool.Project }, all).Submissions.Select(s => s.Sequence));
    }

    private static double? Earnings(Random random) => random.Next(8) == 0 ? null : random.Next(1000);

    private static string[] Rows(Cohort cohort) =>
        [.. Enumerable.Range(0, cohort.Rows).Select(i => $"{cohort.Index[i]}:{cohort.Person[i]}{(cohort.Treated[i] ? 'T' : 'C')}")];

    private static Submission Submission(long sequence, string organisation, AllowedUses uses) => new(
        $"s-{sequence}", new(organisation), SamplePlans.Years.Project, SamplePlans.Years.PeriodLength, SamplePlans.Year(2021), SamplePlans.Year(2024), uses, DataPolicy.Standard,
        $"c-{sequence}", "{}", new LakeObject(new string('a', 64), 1), 1, null, 0, [], TestLab.Start, sequence);
}
