using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Datasets.MadeCountry;

/// <summary>Adults far from work, some of whom get individual job support (IPS): more months in work, fewer with income support.</summary>
internal sealed class JobSupportPopulation : MadePopulation
{
    private const string Work = "employment_months";
    private const string Support = "income_support_months";

    public override string Method => "ips";

    public override BilingualText Name => new("Individuellt jobbstöd (IPS)", "Individual job support (IPS)");

    public override decimal Cost => 52_000;

    public override double MeanEffect => 0.9;

    public override double EffectSpread => 0.3;

    public override IReadOnlyList<string> Measures => [Work, Support];

    public override OutcomeDefinition Primary => new(new MeasureCode(Work), 4, OutcomeSummary.SumToHorizon);

    public override double SmallestWorthwhileEffect => 1;

    public override IReadOnlyList<TargetCondition> TargetGroup => [new("birth_year", 1, 1963, 2003, null)];

    public override IReadOnlyList<CovariateTerm> Covariates =>
    [
        new("sex", 1, "man"), new("birth_year", 1), new("education_level", 1, "compulsory"),
        new(Support, 1), new(Support, 2), new(Work, 1), new(Work, 2),
    ];

    public override BalancingMethod Balancing => new BalancingMethod.EntropyBalancing();

    public override EstimatorKind Estimator => EstimatorKind.EntropyBalancing;

    public override BilingualText OutcomeWords => new("månader med lön under ett år", "months with pay over a year");

    public override MadePerson Draw(string key, double effect, SteadyRandom random)
    {
        var education = random.Choose(("compulsory", 0.35), ("upper_secondary", 0.47), ("tertiary", 0.18));
        var known = random.Uniform() > 0.015;
        var person = new MadePerson
        {
            Key = key,
            Sex = random.Uniform() < 0.48 ? "woman" : "man",
            BirthYear = 1963 + random.Whole(41),
            Country = Country(random),
            Education = known ? education : null,
            Household = random.Choose(
                ("single", 0.5), ("single_with_children", 0.15), ("couple", 0.15), ("couple_with_children", 0.15), ("other", 0.05)),
        };
        var lasting = (0.9 * random.Normal()) + education switch { "compulsory" => -0.3, "tertiary" => 0.4, _ => 0.1 };
        var standing = Standing(lasting, random);
        double[] work0 = new double[MadeCalendar.Count], work1 = new double[MadeCalendar.Count];
        double[] support0 = new double[MadeCalendar.Count], support1 = new double[MadeCalendar.Count];
        for (var i = 0; i < MadeCalendar.Count; i++)
        {
            var gain = effect * Ramp(i - MadeCalendar.Before);
            double[] forWork = Draws(3, random), forSupport = Draws(3, random);
            work0[i] = Hits(forWork, SteadyRandom.Logistic(-0.8 + (0.9 * standing[i])));
            work1[i] = Hits(forWork, SteadyRandom.Logistic(-0.8 + (0.9 * standing[i]) + gain));
            var need = SteadyRandom.Logistic(0.6 - (0.7 * standing[i]));
            support0[i] = Hits(forSupport.AsSpan(0, 3 - (int)work0[i]), need);
            support1[i] = Hits(forSupport.AsSpan(0, 3 - (int)work1[i]), need);
        }

        (person.Without[Work], person.With[Work]) = (work0, work1);
        (person.Without[Support], person.With[Support]) = (support0, support1);
        return person;
    }

    public override double Need(MadePerson person) =>
        (0.40 * person.Without[Support][MadeCalendar.At(-1)]) + (0.25 * person.Without[Support][MadeCalendar.At(-2)])
        - (0.35 * person.Without[Work][MadeCalendar.At(-1)])
        + (person.Sex == "woman" ? 0.3 : 0) + (person.Education == "upper_secondary" ? 0.3 : 0) + (0.015 * (person.BirthYear - 1983));
}
