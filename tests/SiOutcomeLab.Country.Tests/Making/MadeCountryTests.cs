using SiOutcomeLab.Country.Delivering;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Places;
using SiOutcomeLab.Country.Programme;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Country.Tests.Making;

public sealed class MadeCountryTests
{
    private static readonly MadeCountry Country = NationalCountry.At(0.02);

    [Fact]
    public void Make_SameSeed_GivesTheSamePersons()
    {
        var (one, other) = (Country.Make("1440"), NationalCountry.At(0.02).Make("1440"));
        for (var at = 0; at < one.Populations.Count; at++)
        {
            Assert.Equal(one.Populations[at].Values, other.Populations[at].Values);
            Assert.Equal(one.Populations[at].Starts, other.Populations[at].Starts);
            Assert.Equal(one.Populations[at].Traits, other.Populations[at].Traits);
        }

        Assert.NotEqual(
            one.Populations[0].Values, NationalCountry.At(0.02, new CountryRules { Seed = 2 }).Make("1440").Populations[0].Values);
    }

    [Fact]
    public void Make_OtherMunicipalitiesMadeBefore_ChangesNothing()
    {
        var alone = NationalCountry.At(0.02).Make("1482");
        var country = NationalCountry.At(0.02);
        foreach (var code in new[] { "0180", "1480", "1440" }) country.Make(code);
        Assert.Equal(alone.Populations[3].Values, country.Make("1482").Populations[3].Values);
    }

    [Fact]
    public void Make_Movers_AreTheSamePersonsInBothMunicipalities()
    {
        var made = Sweden.Places.Where(p => p.CountyCode == "01").Select(p => Country.Make(p.Code)).ToArray();
        var arrivals = 0;
        var overlaps = 0;
        foreach (var population in made.SelectMany(m => m.Populations))
        {
            for (var i = population.OwnPersons; i < population.Persons; i++)
            {
                var (place, number) = population.Origins[i];
                var origin = made.FirstOrDefault(m => m.Place == Country.Designs[place].Place)?.Populations[population.Index];
                if (origin is null) continue;
                arrivals++;
                Assert.Equal(Country.Pseudonym(origin, number), Country.Pseudonym(population, i));
                Assert.Equal(population.FirstReported(i), (int)origin.Moved[number]);
                Assert.InRange(population.FirstReported(i) - origin.LastReported(number), 0, 1);
                overlaps += population.FirstReported(i) == origin.LastReported(number) ? 1 : 0;
                Assert.Equal(origin.Value(number, 0, 7), population.Value(i, 0, 7));
            }
        }

        Assert.InRange(arrivals, 50, 1000);
        Assert.InRange(overlaps / (double)arrivals, 0.15, 0.45);
    }

    [Fact]
    public void Make_NationalSizes_FollowTheRealPopulations()
    {
        var full = NationalCountry.At(1);
        Assert.Equal(290, full.Designs.Count);
        var persons = full.Designs.ToDictionary(d => d.Place.Code, d => d.Persons.Sum());
        Assert.InRange(persons.Values.Sum(), 1_500_000, 1_700_000);
        Assert.Equal(995_574.0 / 10_587_710, persons["0180"] / (double)persons.Values.Sum(), 4);
        Assert.InRange(persons["2425"], 300, 400);
        Assert.True(persons.Values.Order().ElementAt(145) < 3_000);
        Assert.Equal(10_587_710, Sweden.Population);
    }

    [Fact]
    public void Make_Participants_AreAboutAsManyAsWished()
    {
        var made = Country.Make("0180");
        foreach (var intervention in made.Design.Interventions)
        {
            var started = made.Participants(intervention.Method.Code).ToArray();
            // Starts are draws: four standard deviations of a Poisson count.
            Assert.InRange(Math.Abs(started.Length - intervention.Participants), 0, 4 * Math.Sqrt(intervention.Participants));
            Assert.All(started, p => Assert.InRange(p.Quarter, intervention.FirstQuarter, intervention.LastQuarter));
        }

        Assert.True(made.Design.Interventions.Select(i => i.FirstQuarter).Distinct().Count() > 1, "starts are not staggered");
    }

    [Fact]
    public void Make_MethodWithoutEffect_ChangesNobodysOutcome()
    {
        var none = Populations.Methods.Where(m => m.HasNoEffect).Select(m => m.Code).ToArray();
        Assert.Equal(["tfco", "komet"], none);
        var participants = Sweden.Places.Take(30).Select(p => Country.Make(p.Code)).SelectMany(m => none.SelectMany(m.Participants)).ToArray();
        Assert.True(participants.Length > 100);
        Assert.All(participants, p =>
        {
            for (var horizon = 1; horizon <= p.LongestHorizon; horizon++)
            {
                Assert.Equal(0, p.Effect(0, horizon, OutcomeSummary.SumToHorizon, Against.NotStartingThen));
                Assert.Equal(0, p.Effect(1, horizon, OutcomeSummary.AtHorizon, Against.NeverStarting));
            }
        });
    }

    [Fact]
    public void Make_Attrition_LosesSomeAndTellsWhy()
    {
        var made = Country.Make("0180");
        var reasons = made.Populations.SelectMany(p => Enumerable.Range(0, p.OwnPersons).Select(i => p.Traits[i].ExitReason)).ToArray();
        Assert.InRange(reasons.Count(r => r >= 0) / (double)reasons.Length, 0.08, 0.30);
        Assert.Equal([-1, 0, 1, 2], reasons.Distinct().Order());
    }

    [Fact]
    public void Make_GroupDelivered_ParticipantsShareGroups()
    {
        var participants = Country.Make("0180").Participants("skolteam").ToArray();
        Assert.All(participants, p => Assert.True(p.Group >= 0));
        Assert.True(participants.GroupBy(p => (p.Quarter, p.Group)).Max(g => g.Count()) >= 4);
        Assert.All(Country.Make("0180").Participants("ips"), p => Assert.Equal(-1, p.Group));
    }

    [Fact]
    public void EffectOf_Participants_IsTheMeanOfThoseInTheTargetGroup()
    {
        var participants = Country.Make("0180").Participants("ips").ToArray();
        Assert.Contains(participants, p => !p.IsInTarget);
        var row = TruthTable.EffectOf(participants, 0, 4, OutcomeSummary.SumToHorizon);
        var own = participants.Where(p => p.IsInTarget).ToArray();
        Assert.Equal(own.Length, row.Participants);
        Assert.Equal(own.Average(p => p.Effect(0, 4, OutcomeSummary.SumToHorizon, Against.NotStartingThen)), row.AsAssigned, 12);
        Assert.True(row.Followed < row.Participants);
    }
}
