using SiOutcomeLab.Country.Drawing;
using SiOutcomeLab.Country.Programme;

namespace SiOutcomeLab.Country.Making;

/// <summary>What does not change about a made person.</summary>
internal readonly record struct PersonTraits(
    bool Woman, int BirthYear, int Country, int Household, int Education, bool EducationKnown, double Trait, double Response,
    int LastQuarter, int ExitReason)
{
    public static readonly string[] Sexes = ["woman", "man"];
    public static readonly string[] Countries = ["sweden", "nordic", "eu", "other"];
    public static readonly string[] Households = ["single", "single_with_children", "couple", "couple_with_children"];
    public static readonly string[] Educations = ["compulsory", "upper_secondary", "tertiary"];
    public static readonly string[] ExitReasons = ["moved", "died", "aged_out"];

    /// <summary>A person who stays to the end.</summary>
    public const int Stays = int.MaxValue;

    public bool IsSingle => Household <= 1;

    /// <summary>The part of need that covariates tell; adjusted for by every plan.</summary>
    public double Background(Population population) =>
        (IsSingle ? 0.3 : 0) + (Education == 0 ? 0.4 : 0) + (Woman ? -0.1 : 0.1) + (0.01 * (BirthYear - population.MiddleYear));

    /// <summary>Takes always the same number of draws, so that what comes after them is the same in every world.</summary>
    public static PersonTraits Draw(ref Xoshiro random, Population population, CountryRules rules)
    {
        var woman = random.Uniform() < 0.48;
        var birthYear = population.FirstYear + random.Whole(population.LastYear - population.FirstYear + 1);
        var country = Among(random.Uniform(), 0.72, 0.75, 0.83);
        var home = random.Uniform();
        var household = population.AreAdults ? Among(home, 0.42, 0.58, 0.78) : home < 0.4 ? 1 : 3;
        var education = Among(random.Uniform(), 0.35, 0.85);
        var known = random.Uniform() >= 0.015;
        var trait = random.Normal();
        var response = random.Normal();
        double leaves = random.Uniform(), why = random.Uniform();
        var rate = rules.ExitRate * (household <= 1 ? 1.3 : 1) * (population.AreAdults && education == 0 ? 1.5 : 1);
        var (last, reason) = Leaving(leaves, rate, rules.Quarters);
        if (reason == 0 && population.AreAdults && why < 0.2) reason = 1;
        if (population.AgesOutAt is { } age)
        {
            var lastOfAge = ((birthYear + age - CountryRules.FirstQuarter.Start.Year) * 4) + 3;
            if (lastOfAge < Math.Min(last, rules.Quarters - 1)) (last, reason) = (lastOfAge, 2);
        }

        return new PersonTraits(
            woman, birthYear, country, household, population.AreAdults ? education : -1, known && population.AreAdults, trait,
            1 + (rules.ResponseSpread * response) + (woman ? 0.15 : -0.15), last, reason);
    }

    private static (int Last, int Reason) Leaving(double draw, double rate, int quarters)
    {
        var stays = 1.0;
        for (var quarter = 0; quarter < quarters; quarter++)
        {
            stays *= 1 - rate;
            if (draw >= stays) return (quarter, 0);
        }

        return (Stays, -1);
    }

    private static int Among(double draw, params ReadOnlySpan<double> limits)
    {
        var at = 0;
        while (at < limits.Length && draw >= limits[at]) at++;
        return at;
    }
}
