using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Datasets.MadeCountry;

/// <summary>Pupils of 7–12 years, some of whom meet a team of school and social services: less absence.</summary>
internal sealed class SchoolTeamPopulation : MadePopulation
{
    private const string Absence = "school_absence_percent";

    public override string Method => "skolteam";

    public override BilingualText Name => new("Skolteam", "School team");

    public override decimal Cost => 24_000;

    public override double MeanEffect => 0.30;

    public override double EffectSpread => 0.10;

    public override IReadOnlyList<string> Measures => [Absence];

    public override OutcomeDefinition Primary => new(new MeasureCode(Absence), 4, OutcomeSummary.AtHorizon);

    public override double SmallestWorthwhileEffect => 2;

    public override IReadOnlyList<TargetCondition> TargetGroup => [new("birth_year", 1, 2010, 2015, null)];

    public override IReadOnlyList<CovariateTerm> Covariates =>
        [new("sex", 1, "man"), new("birth_year", 1), new("household_type", 1, "couple_with_children"), new(Absence, 1), new(Absence, 2)];

    public override BalancingMethod Balancing => new BalancingMethod.InversePropensityWeighting();

    public override EstimatorKind Estimator => EstimatorKind.AugmentedInversePropensity;

    public override BilingualText OutcomeWords => new("frånvaro efter ett år", "absence after a year");

    public override MadePerson Draw(string key, double effect, SteadyRandom random)
    {
        var household = random.Uniform() < 0.3 ? "single_with_children" : "couple_with_children";
        var person = new MadePerson
        {
            Key = key,
            Sex = random.Uniform() < 0.49 ? "woman" : "man",
            BirthYear = 2010 + random.Whole(6),
            Country = Country(random),
            Household = household,
        };
        var standing = Standing((0.9 * random.Normal()) + (household == "single_with_children" ? 0.3 : 0), random);
        double[] without = new double[MadeCalendar.Count], with = new double[MadeCalendar.Count];
        for (var i = 0; i < MadeCalendar.Count; i++)
        {
            var absence = Math.Min(100, 9 * SteadyRandom.Exp(0.35 * standing[i]));
            without[i] = Tenths(absence);
            with[i] = Tenths(absence * (1 - (effect * Ramp(i - MadeCalendar.Before))));
        }

        (person.Without[Absence], person.With[Absence]) = (without, with);
        return person;
    }

    public override double Need(MadePerson person) =>
        (0.10 * person.Without[Absence][MadeCalendar.At(-1)]) + (0.08 * person.Without[Absence][MadeCalendar.At(-2)])
        + (person.Household == "single_with_children" ? 0.4 : 0) + (person.Sex == "man" ? 0.3 : 0);

    /// <summary>To one decimal, as a whole number of tenths divided by ten: the same double on every machine.</summary>
    private static double Tenths(double value) => Math.Floor((value * 10) + 0.5) / 10;
}
