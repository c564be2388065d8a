using SiOutcomeLab.Country.Delivering;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Planning;
using SiOutcomeLab.Country.Small;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts;

/// <summary>A made country, delivered by municipalities, regions and an agency, is the one that its maker knows.</summary>
public sealed class CountryCohortTests
{
    [Fact]
    public async Task BuildTrials_MeasuresOfThreeOwners_GivesTheMakersOwnTrials()
    {
        await using var lab = await TestLab.OpenAsync();
        await using var intake = new TestIntake(lab);
        // No quarter is reported by two municipalities: the maker's table has a person where it is registered, the lab where it was told first.
        var small = SmallCountry.Make(new SmallCountryOptions
        {
            Municipalities = 2, Participants = [60], PoolRatio = 5, StartQuarters = 2, Rules = new CountryRules { OverlapShare = 0 }, Seed = 5,
        });
        foreach (var design in small.Country.Designs)
        {
            await lab.Catalogue.Plans.TryRegisterInterventionAsync(CountryPlans.InterventionOf(design, design.Interventions[0]), TestLab.Token);
        }

        foreach (var delivery in Wave.Through(small.Country.Rules.Quarters - 1, asOne: true).SelectMany(w => DeliveryBytes.Of(small.Country, small.Municipalities, w)))
        {
            var outcome = await intake.SendAsync(delivery.Manifest, delivery.Observations, delivery.Participations);
            Assert.NotNull(outcome.Submission);
        }

        for (var at = 0; at < small.Municipalities.Count; at++)
        {
            var plan = small.PlanOf(at);
            Assert.Empty(PlanRules.Breaches(plan));
            var design = small.Country.Designs[at];
            var snapshot = CohortBuilder.SnapshotFor(plan, await lab.Catalogue.Submissions.InProjectAsync(plan.Project, TestLab.Token));
            var trials = await new CohortBuilder(lab.Lake, lab.Catalogue, lab.FollowUp)
                .BuildTrialsAsync(plan, CountryPlans.InterventionOf(design, design.Interventions[0]), snapshot, TestLab.Token);
            var cohort = trials.For(0);
            var made = small.Trials(at).Followed();
            Assert.Equal(made.Treated.Length, cohort.Rows);
            Assert.Equal(made.Columns.Select(c => c.Name), cohort.Covariates.Names);
            foreach (var arm in new[] { true, false })
            {
                var outcome = cohort.Outcome.Unseal(GateVerdict.Pass);
                Assert.Equal(
                    made.Outcome.Where((_, i) => made.Treated[i] == arm).Order(), outcome.Where((_, i) => cohort.Treated[i] == arm).Order());
            }
        }
    }
}
