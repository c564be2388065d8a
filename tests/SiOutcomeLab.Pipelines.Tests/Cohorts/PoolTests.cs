using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts;

/// <summary>Where comparison persons come from: one's own group of municipalities, and those most alike.</summary>
public sealed class PoolTests
{
    private static readonly EvaluationPlan Plan = SamplePlans.Years with { TieOrder = TieOrder.Pseudonym, LastIndex = SamplePlans.Year(2022), Covariates = [new("age_years", 1)] };

    [Fact]
    public async Task Build_MunicipalityGroup_ComparesWithinItAlone()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(Persons(0, 5, "0180", 30).Start(0, SamplePlans.Code, "2022-02-01"));
        await lab.CommitAsync(Persons(10, 6, "1480", 31), "1480");
        await lab.CommitAsync(Persons(20, 7, "2418", 32), "2418");

        var trials = await lab.TrialsAsync(Plan with { Pool = ComparisonPool.MunicipalityGroup });

        // Stockholm and Göteborg are large cities; Malå is not.
        Assert.Equal(11, trials.Rows);
        Assert.All(Enumerable.Range(0, 11), row => Assert.Equal("A1", trials.MunicipalityGroupOf(row)));
        Assert.Equal(18, (await lab.TrialsAsync(Plan with { Pool = ComparisonPool.Project })).Rows);
    }

    [Fact]
    public async Task Snapshot_OfSensitivityPools_HoldsTheWidestAndEachIsBuiltByItself()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(Persons(0, 5, "0180", 30).Start(0, SamplePlans.Code, "2022-02-01"));
        await lab.CommitAsync(Persons(20, 7, "2418", 32), "2418");
        var plan = Plan with { SensitivityPools = [ComparisonPool.Project] };
        var snapshot = CohortBuilder.SnapshotFor(plan, await lab.Catalogue.Submissions.InProjectAsync(plan.Project, TestLab.Token));

        Assert.Equal(2, snapshot.Submissions.Count);
        Assert.Equal(5, (await lab.TrialsAsync(plan)).Rows);
        var wide = await new CohortBuilder(lab.Lake, lab.Catalogue, lab.FollowUp).BuildTrialsAsync(
            plan with { Pool = ComparisonPool.Project }, SamplePlans.Intervention, snapshot, TestLab.Token);
        Assert.Equal(12, wide.Rows);
    }

    [Fact]
    public async Task Build_Similar_TakesTheNearestByWhatTheRowsSayBefore()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(Persons(0, 12, "0180", 30).Start(0, SamplePlans.Code, "2022-02-01"));
        // Twelve others, ever older; and one too small to be described, though its persons are as old.
        for (var m = 0; m < 12; m++) await lab.CommitAsync(Persons(100 * (m + 1), 12, $"{1300 + m}", 60 - (2 * m)), $"{1300 + m}");
        await lab.CommitAsync(Persons(5000, 9, "1490", 30), "1490");

        var trials = await lab.TrialsAsync(Plan with { Pool = ComparisonPool.Similar });

        var municipalities = Enumerable.Range(0, trials.Rows).Select(trials.MunicipalityOf).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["0180", .. Enumerable.Range(2, 10).Select(m => $"{1300 + m}")], municipalities);
    }

    private static FollowUp Persons(int first, int count, string municipality, int age)
    {
        var data = new FollowUp { Municipality = municipality };
        for (var person = first; person < first + count; person++) data.Years(person, 2021, age + (person % 3), "man", 1, 2, 3);
        return data;
    }
}
