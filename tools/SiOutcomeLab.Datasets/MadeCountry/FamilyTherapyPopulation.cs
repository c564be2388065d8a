using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Datasets.MadeCountry;

/// <summary>
/// Young persons of 13–17 years known to the social services, some of whose families get therapy: fewer days placed from home.
/// </summary>
internal sealed class FamilyTherapyPopulation : MadePopulation
{
    private const string Placed = "placement_days";
    private const string Absence = "school_absence_percent";

    // A quarter is drawn as six fortnights of 15 days: at most 90 days, which fits every quarter.
    private const int Fortnights = 6;
    private const int Days = 15;

    public override string Method => "familjeterapi";

    public override BilingualText Name => new("Familjeterapi", "Family therapy");

    public override decimal Cost => 118_000;

    public override double MeanEffect => 1.0;

    public override double EffectSpread => 0.3;

    public override IReadOnlyList<string> Measures => [Placed];

    public override OutcomeDefinition Primary => new(new MeasureCode(Placed), 4, OutcomeSummary.SumToHorizon);

    public override double SmallestWorthwhileEffect => 15;

    public override IReadOnlyList<TargetCondition> TargetGroup => [new("birth_year", 1, 2005, 2009, null)];

    public override IReadOnlyList<CovariateTerm> Covariates =>
    [
        new("sex", 1, "man"), new("birth_year", 1), new("household_type", 1, "couple_with_children"),
        new(Absence, 1), new(Placed, 1), new(Placed, 2),
    ];

    public override BalancingMethod Balancing => new BalancingMethod.EntropyBalancing();

    public override EstimatorKind Estimator => EstimatorKind.EntropyBalancing;

    public override BilingualText OutcomeWords => new("dagar i placering under ett år", "days placed over a year");

    public override MadePerson Draw(string key, double effect, SteadyRandom random)
    {
        var household = random.Uniform() < 0.45 ? "single_with_children" : "couple_with_children";
        var person = new MadePerson
        {
            Key = key,
            Sex = random.Uniform() < 0.46 ? "woman" : "man",
            BirthYear = 2005 + random.Whole(5),
            Country = Country(random),
            Household = household,
        };
        var standing = Standing(random.Normal() + (household == "single_with_children" ? 0.2 : 0), random);
        double[] placed0 =
            new double[MadeCalendar.Count], placed1 = new double[MadeCalendar.Count], absence = new double[MadeCalendar.Count];
        for (var i = 0; i < MadeCalendar.Count; i++)
        {
            var draws = Draws(Fortnights, random);
            placed0[i] = Days * Hits(draws, SteadyRandom.Logistic(-1.9 + standing[i]));
            placed1[i] = Days * Hits(draws, SteadyRandom.Logistic(-1.9 + standing[i] - (effect * Ramp(i - MadeCalendar.Before))));
            absence[i] = Math.Floor(Math.Min(100, 9 * SteadyRandom.Exp((0.3 * standing[i]) + (0.4 * random.Normal()))) + 0.5);
        }

        (person.Without[Placed], person.With[Placed]) = (placed0, placed1);
        (person.Without[Absence], person.With[Absence]) = (absence, absence);
        return person;
    }

    public override double Need(MadePerson person) =>
        (0.013 * person.Without[Placed][MadeCalendar.At(-1)]) + (0.010 * person.Without[Placed][MadeCalendar.At(-2)])
        + (0.03 * person.Without[Absence][MadeCalendar.At(-1)])
        + (person.Household == "single_with_children" ? 0.3 : 0) - (0.05 * (person.BirthYear - 2007));
}
