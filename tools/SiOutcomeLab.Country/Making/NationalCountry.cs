using SiOutcomeLab.Country.Drawing;
using SiOutcomeLab.Country.Places;
using SiOutcomeLab.Country.Programme;

namespace SiOutcomeLab.Country.Making;

/// <summary>The whole country: 290 municipalities in the sizes that they have.</summary>
public static class NationalCountry
{
    /// <summary>Persons at full scale, about.</summary>
    public const int PersonsAtFullScale = 1_600_000;

    /// <summary>Spread between municipalities of the multiplier of a method's strength.</summary>
    public const double EffectSpread = 0.35;

    private const ulong DesignPart = 0xDE516;
    private const double FewestParticipants = 5;

    /// <summary>Sets the country up.</summary>
    /// <param name="scale">From 0.001 to 1; 1 is the full country.</param>
    /// <param name="rules">Its rules; the defaults when null.</param>
    public static MadeCountry At(double scale, CountryRules? rules = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 0.001);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 1);
        rules ??= new CountryRules();
        return new MadeCountry(rules, [.. Sweden.Places.Select(p => DesignOf(p, scale, rules))]);
    }

    private static MunicipalityDesign DesignOf(Place place, double scale, CountryRules rules)
    {
        var random = new Xoshiro(Xoshiro.Mix(Xoshiro.Mix(rules.Seed, place.Number), DesignPart));
        var all = scale * PersonsAtFullScale * place.Population / Sweden.Population;
        var persons = new List<int>();
        var interventions = new List<InterventionDesign>();
        foreach (var population in Populations.All)
        {
            var count = (int)((all * population.Share) + 0.5);
            persons.Add(count);
            foreach (var method in population.Methods)
            {
                // Always as many draws, so that a smaller scale leaves interventions out and changes none.
                double runs = random.Uniform(), size = random.Normal(), effect = random.Normal();
                int first = 5 + random.Whole(6), length = 4 + random.Whole(3);
                var wanted = (count < 2000 ? 0.10 * count : 160 + (0.02 * count)) * Math.Max(0.4, 1 + (0.35 * size));
                var chance = place.Population < 10_000 ? 0.35 : place.Population < 40_000 ? 0.55 : 0.8;
                if (runs >= chance || wanted < FewestParticipants) continue;
                interventions.Add(new InterventionDesign(
                    method, first, Math.Min(first + length - 1, 15), wanted, method.HasNoEffect ? 0 : 1 + (EffectSpread * effect)));
            }
        }

        return new MunicipalityDesign(place, persons, interventions);
    }
}
