using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts;

/// <summary>The cohort beside a naive one made of the same random rows, whatever else has been read with them.</summary>
public sealed class NaiveComparisonTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Build_RandomCountry_IsTheNaiveCohort(int seed)
    {
        var country = new RandomCountry(seed, 60);
        await using var lab = await TestLab.OpenAsync();
        await RandomCountry.RegisterAsync(lab);
        await country.CommitAllAsync(lab);
        var plan = RandomCountry.Plan(seed);
        // Another plan of the project widens what is read, and must change nothing.
        if (seed % 2 == 0) await lab.RegisterAsync(plan with { Id = "another", FirstIndex = SamplePlans.Year(2020), Covariates = [new("age_years", 1), .. plan.Covariates] });

        var cohort = await lab.TrialsAsync(plan);

        var naive = new NaiveCohort(plan, country.Committed).Rows(RandomCountry.Methods);
        Assert.Equal(naive.Count, cohort.Rows);
        Assert.True(naive.Count > 0, "The country has no rows to compare.");
        Assert.Equal(naive.Select(r => r.Index), cohort.Index);
        Assert.Equal(naive.Select(r => r.Treated), cohort.Treated);
        Assert.Equal(naive.Select(r => r.Municipality), Enumerable.Range(0, cohort.Rows).Select(cohort.MunicipalityOf));
        AssertSamePersons(naive, cohort);
        AssertSameTerms(plan, naive, cohort);
        for (var k = 0; k < 3; k++)
        {
            Assert.Equal(naive.Select(r => r.Outcomes[k]), cohort.Outcomes[k].Sealed.Unseal(GateVerdict.Pass));
            Assert.Equal(naive.Select(r => r.Losses[k]), cohort.Outcomes[k].Losses);
            Assert.Equal(naive.Count(r => r.Losses[k] == LossReason.None), cohort.For(k).Rows);
        }

        foreach (var received in cohort.Received)
        {
            int[] expected = [.. Enumerable.Range(0, naive.Count).Where(i => naive[i].Received.Split('+').Contains(received.Method))];
            Assert.Equal(expected, received.Rows);
            Assert.Equal(expected.Count(i => naive[i].Treated), received.Treated);
        }

        Assert.Equal(
            naive.SelectMany(r => r.Received.Split('+', StringSplitOptions.RemoveEmptyEntries)).Distinct().Order(StringComparer.Ordinal),
            cohort.Received.Select(r => r.Method));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public async Task Build_OneOrTwoThreads_IsTheSame(int seed)
    {
        var country = new RandomCountry(seed, 400);
        await using var lab = await TestLab.OpenAsync();
        await RandomCountry.RegisterAsync(lab);
        await country.CommitAllAsync(lab);
        var plan = RandomCountry.Plan(seed);

        var cohorts = new List<TrialCohort>();
        foreach (var threads in (int[])[1, 2, 4])
        {
            using var cache = new FollowUpCache(1L << 30, threads);
            cohorts.Add(await lab.TrialsAsync(plan, cache));
        }

        foreach (var other in cohorts.Skip(1))
        {
            Assert.Equal(cohorts[0].Person, other.Person);
            Assert.Equal(cohorts[0].Cluster, other.Cluster);
            Assert.Equal(cohorts[0].Covariates.Names, other.Covariates.Names);
            Assert.All(Enumerable.Range(0, other.Covariates.Columns), j => Assert.True(cohorts[0].Covariates.Column(j).SequenceEqual(other.Covariates.Column(j))));
            Assert.Equal(cohorts[0].For(0).OrderKey, other.For(0).OrderKey);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Build_LaterDeliveries_ChangeNoEarlierTrial(int seed)
    {
        var country = new RandomCountry(seed, 80);
        await using var lab = await TestLab.OpenAsync();
        await RandomCountry.RegisterAsync(lab);
        await country.CommitAsync(lab, 0, country.Later);
        var plan = RandomCountry.Plan(seed) with { TieOrder = TieOrder.Pseudonym, LaterStart = null };
        var before = await lab.TrialsAsync(plan with { LastIndex = SamplePlans.Year(2022) });

        await country.CommitAsync(lab, country.Later, int.MaxValue);
        // A later delivery may withdraw, too: the last municipality's own.
        if (seed % 3 == 1) await lab.Catalogue.Submissions.WithdrawAsync(new(RandomCountry.Third), country.Committed.Last(c => c.Submission.Organisation.Code == RandomCountry.Third).Submission.Id, lab.Time.Now, TestLab.Token);
        var after = await lab.TrialsAsync(plan);

        Assert.True(before.Rows > 0 && after.Rows > before.Rows, "The country does not test what it should.");
        Assert.Equal(before.Treated, after.Treated[..before.Rows]);
        Assert.Equal(before.Index, after.Index[..before.Rows]);
        Assert.Equal(Names(before), Names(after)[..before.Rows]);
        Assert.Equal(before.IndexPeriods, after.IndexPeriods.Take(before.IndexPeriods.Count));
    }

    // Person numbers depend on who else has rows; covariates and municipality together tell the rows apart.
    private static string[] Names(TrialCohort cohort) =>
    [
        .. Enumerable.Range(0, cohort.Rows).Select(i => $"{cohort.MunicipalityOf(i)} "
            + string.Join(' ', cohort.Covariates.Names.Select((n, j) => (Name: n, Value: cohort.Covariates[i, j])).Where(c => c.Value != 0 && !c.Name.StartsWith("index", StringComparison.Ordinal)).Select(c => $"{c.Name}:{c.Value}"))),
    ];

    private static void AssertSamePersons(List<NaiveRow> naive, TrialCohort cohort)
    {
        var numberOf = new Dictionary<string, int>();
        for (var i = 0; i < naive.Count; i++)
        {
            if (numberOf.TryAdd(naive[i].Person, cohort.Person[i])) continue;
            Assert.Equal(numberOf[naive[i].Person], cohort.Person[i]);
        }

        Assert.Equal(numberOf.Count, numberOf.Values.Distinct().Count());
        if (cohort.For(0).OrderKey is not { Length: > 0 } keys) return;
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    private static void AssertSameTerms(EvaluationPlan plan, List<NaiveRow> naive, TrialCohort cohort)
    {
        var names = cohort.Covariates.Names.ToList();
        for (var j = 0; j < plan.Covariates.Count; j++)
        {
            var term = plan.Covariates[j];
            if (naive[0].Terms[j] is not string)
            {
                Assert.Equal(naive.Select(r => Convert.ToDouble(r.Terms[j])), cohort.Covariates.Column(names.IndexOf($"{term.Variable}@{term.Lag}")).ToArray());
                continue;
            }

            foreach (var column in Enumerable.Range(0, names.Count).Where(c => names[c].StartsWith(term.Variable + "=", StringComparison.Ordinal)))
            {
                var level = names[column][(term.Variable.Length + 1)..^2];
                Assert.Equal(naive.Select(r => (string)r.Terms[j] == level ? 1.0 : 0), cohort.Covariates.Column(column).ToArray());
            }
        }
    }
}
