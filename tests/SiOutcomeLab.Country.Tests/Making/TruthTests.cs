using System.Globalization;
using SiOutcomeLab.Country.Delivering;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Small;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Country.Tests.Making;

public sealed class TruthTests
{
    private static readonly SmallCountry Country = SmallCountry.Make(
        new SmallCountryOptions { Municipalities = 3, Participants = [120], PoolRatio = 3, StartQuarters = 3, Seed = 11 });

    [Fact]
    public void Participants_LivedASecondWay_HaveTheSameQuartersAndEffects()
    {
        for (var place = 0; place < 3; place++)
        {
            var design = Country.Country.Designs[place].Interventions[0];
            var constants = Country.Country.TermsOf(place, 0).Slots[0]!.Constants;
            var population = Country.Municipalities[place].Populations[0];
            double asAssigned = 0, never = 0;
            int count = 0, later = 0;
            foreach (var participant in population.Participants)
            {
                var slow = new SlowAdult(Country.Country.SeedOf(place, 0, participant.Person), Country.Country.Rules.Quarters);
                var started = slow.StartFrom(0, design.FirstQuarter, constants, design.Multiplier);
                Assert.Equal(participant.Quarter, started);
                var asItWas = slow.Live(started, design.Multiplier);
                for (var q = 0; q < asItWas.Count; q++)
                {
                    Assert.Equal((asItWas[q].Work, asItWas[q].Support, asItWas[q].Visits), (
                        (int)population.Value(participant.Person, 0, q), (int)population.Value(participant.Person, 1, q),
                        (int)population.Value(participant.Person, 2, q)));
                }

                if (!participant.IsInTarget) continue;
                var otherwise = slow.StartFrom(participant.Quarter + 1, design.FirstQuarter, constants, design.Multiplier);
                // Who leaves in between starts nothing.
                if (otherwise > participant.LastFollowed) otherwise = null;
                later += otherwise is null ? 0 : 1;
                asAssigned += Work(asItWas, participant.Quarter) - Work(slow.Live(otherwise, design.Multiplier), participant.Quarter);
                never += Work(asItWas, participant.Quarter) - Work(slow.Live(null, design.Multiplier), participant.Quarter);
                count++;
            }

            var truth = TruthTable.EffectOf(population.Participants, 0, 4, OutcomeSummary.SumToHorizon);
            Assert.True(count > 60 && later > 3, "too few participants to tell the two truths apart");
            Assert.Equal(count, truth.Participants);
            Assert.Equal(asAssigned / count, truth.AsAssigned, 12);
            Assert.Equal(never / count, truth.Never, 12);
            Assert.NotEqual(truth.AsAssigned, truth.Never);
        }
    }

    [Fact]
    public void Lines_OfAMunicipality_SayWhatTheParticipantsSay()
    {
        var municipality = Country.Municipalities[1];
        var lines = TruthTable.Lines(municipality).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(',')).ToArray();
        var columns = TruthTable.Header.TrimEnd('\n').Split(',');
        Assert.All(lines, l => Assert.Equal(columns.Length, l.Length));
        var line = lines.Single(l => l[3] == "income_support_months" && l[4] == "3" && l[5] == "AtHorizon");
        var own = municipality.Participants("ips").Where(p => p.IsInTarget).ToArray();
        Assert.Equal(own.Length.ToString(CultureInfo.InvariantCulture), line[6]);
        var mean = own.Average(p => p.Effect(1, 3, OutcomeSummary.AtHorizon, Against.NotStartingThen));
        Assert.Equal(mean, double.Parse(line[7], CultureInfo.InvariantCulture), 6);
        var followed = own.Where(p => p.Quarter + 3 <= p.LastFollowed).ToArray();
        Assert.Equal(followed.Length.ToString(CultureInfo.InvariantCulture), line[9]);
        Assert.Equal(followed.Average(p => p.Effect(1, 3, OutcomeSummary.AtHorizon, Against.NotStartingThen)), double.Parse(line[10], CultureInfo.InvariantCulture), 6);
    }

    [Fact]
    public void Effect_AtHorizon_IsWhatTheLastQuarterAddsToTheSum() => Assert.All(Country.Municipalities[0].Participants("ips"), p => Assert.Equal(
        p.Effect(0, 4, OutcomeSummary.SumToHorizon, Against.NeverStarting) - p.Effect(0, 3, OutcomeSummary.SumToHorizon, Against.NeverStarting),
        p.Effect(0, 4, OutcomeSummary.AtHorizon, Against.NeverStarting)));

    private static int Work(List<(int Work, int Support, int Visits)> lived, int quarter) => Enumerable.Range(1, 4).Sum(t => lived[quarter + t].Work);
}
