using SiOutcomeLab.Pipelines.Benchmarks;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Benchmarks;

/// <summary>What two municipalities' estimates share where one of them delivers to groups.</summary>
public sealed class SharedPersonsTests
{
    [Fact]
    public async Task Covariance_GroupOfOneAmongTheOthersComparison_IsASlowOnesOverWholeClusters()
    {
        await using var lab = await TestLab.OpenAsync();
        // The second delivers to groups of five a year later: until then its participants are the first's comparison persons.
        await lab.CommitAsync(DataOf(1000, "2022-03-01", groups: false), "0180");
        await lab.CommitAsync(DataOf(2000, "2023-03-01", groups: true), "0380");
        var cohorts = new List<(TrialCohort Trials, Cohort Cohort, double[] Influence)>();
        // The first over two years, so that most of its comparison persons stand in two trials.
        foreach (var (municipality, year) in new[] { ("0180", 2022), ("0380", 2023) })
        {
            var plan = BenchmarkWorld.PlanOf(municipality) with { FirstIndex = SamplePlans.Year(year), LastIndex = SamplePlans.Year(2023) };
            await lab.Catalogue.Plans.TryRegisterInterventionAsync(
                SamplePlans.Intervention with { Organisation = new(municipality) }, TestLab.Token);
            var trials = await lab.TrialsAsync(plan);
            var cohort = trials.For(0);
            var random = new Random(year);
            cohorts.Add((trials, cohort, [.. Enumerable.Range(0, cohort.Rows).Select(_ => SampleCohorts.Normal(random))]));
        }

        var shared = new SharedPersons();
        foreach (var (trials, cohort, influence) in cohorts) shared.Add(trials, cohort, influence, standardError: 2);
        var covariance = shared.Covariance();

        var components = Components(cohorts);
        Assert.True(components.Values.Distinct().Count() < components.Count);
        Assert.True(cohorts[0].Cohort.Rows > cohorts[0].Cohort.Person.Distinct().Count());
        double a = 0, b = 0, both = 0;
        foreach (var component in components.Values.Distinct())
        {
            var (x, y) = (Sum(cohorts[0], component), Sum(cohorts[1], component));
            (a, b, both) = (a + (x * x), b + (y * y), both + (x * y));
        }

        Assert.Equal(4, covariance[0], 12);
        Assert.Equal(4 * both / Math.Sqrt(a * b), covariance[1], 1e-12);
        Assert.Equal(covariance[1], covariance[2]);
        Assert.NotEqual(0, covariance[1]);
        // Person by person it would be another number: the groups are what is tested.
        var alone = components.Keys.Sum(p => OfPerson(cohorts[0], p) * OfPerson(cohorts[1], p));
        Assert.True(Math.Abs(alone - both) > 1e-3);

        double Sum((TrialCohort Trials, Cohort Cohort, double[] Influence) of, string component) => Enumerable.Range(0, of.Cohort.Rows)
            .Where(i => components[PersonOf(of, i)] == component).Sum(i => of.Influence[i]);
    }

    // By person, the least pseudonym that can be reached over clusters of either cohort: passed on until nothing changes.
    private static Dictionary<string, string> Components(List<(TrialCohort Trials, Cohort Cohort, double[] Influence)> cohorts)
    {
        var least = cohorts.SelectMany(c => Enumerable.Range(0, c.Cohort.Rows).Select(i => PersonOf(c, i))).Distinct().ToDictionary(p => p, p => p);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var c in cohorts)
            {
                foreach (var cluster in Enumerable.Range(0, c.Cohort.Rows).GroupBy(i => c.Cohort.Cluster[i], i => PersonOf(c, i)))
                {
                    var first = cluster.Select(p => least[p]).Min(StringComparer.Ordinal)!;
                    foreach (var person in cluster.Where(p => least[p] != first).ToArray())
                    {
                        least[person] = first;
                        changed = true;
                    }
                }
            }
        }

        return least;
    }

    private static string PersonOf((TrialCohort Trials, Cohort Cohort, double[] Influence) of, int row) =>
        of.Trials.PersonIdOf(of.Cohort.TrialRow[row]).ToHex();

    private static double OfPerson((TrialCohort Trials, Cohort Cohort, double[] Influence) of, string person) =>
        Enumerable.Range(0, of.Cohort.Rows).Where(i => PersonOf(of, i) == person).Sum(i => of.Influence[i]);

    private static FollowUp DataOf(int first, string start, bool groups)
    {
        var data = new FollowUp { GroupRows = 50 };
        for (var i = 0; i < 40; i++)
        {
            data.Years(first + i, 2020, 20 + i, i % 2 == 0 ? "woman" : "man", 900 + i, 950 + i, 1000 + i, 1050, 1100, 1150);
            if (i < 20) data.Start(first + i, SamplePlans.Code, start, groups ? $"group-{i / 5}" : null);
            else if (i < 25 && !groups) data.Start(first + i, SamplePlans.Code, "2023-03-01");
        }

        return data;
    }
}
