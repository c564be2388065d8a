using System.Text;
using System.Text.Json;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Programme;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Country.Planning;

/// <summary>The interventions of a made municipality and one plan for each. Everything about plans stands here.</summary>
public static class CountryPlans
{
    private const int PriceYear = 2021;
    private const int DeliveryDays = 15;

    /// <summary>Writes <c>interventions.json</c> and <c>plans.json</c>.</summary>
    /// <param name="folder">The municipality's folder.</param>
    /// <param name="design">The municipality.</param>
    public static void Write(string folder, MunicipalityDesign design)
    {
        Directory.CreateDirectory(folder);
        WriteLines(
            Path.Combine(folder, "interventions.json"),
            design.Interventions.Select(i => JsonSerializer.SerializeToUtf8Bytes(InterventionOf(design, i), DomainJson.Options)));
        WriteLines(Path.Combine(folder, "plans.json"), design.Interventions.Select(i => PlanHash.CanonicalJson(PlanOf(design, i))));
    }

    /// <summary>An intervention as it is registered.</summary>
    /// <param name="design">The municipality.</param>
    /// <param name="intervention">What it runs.</param>
    public static Intervention InterventionOf(MunicipalityDesign design, InterventionDesign intervention) => new(
        new OrganisationId(design.Place.Code), intervention.Method.Intervention, intervention.Method.Code, intervention.Method.Name,
        intervention.Method.Cost, PriceYear);

    /// <summary>
    /// The plan of an intervention: its target group, everything that decides who starts as covariates, so that it can be right, and the
    /// method's primary outcome, which a region or an agency may own.
    /// </summary>
    /// <param name="design">The municipality.</param>
    /// <param name="intervention">What it runs.</param>
    public static EvaluationPlan PlanOf(MunicipalityDesign design, InterventionDesign intervention)
    {
        var method = intervention.Method;
        var population = Populations.Of(method.Code);
        var (first, last) = (CountryRules.PeriodOf(intervention.FirstQuarter), CountryRules.PeriodOf(intervention.LastQuarter));
        var due = DueAfter(last, method.Primary);
        var interim = InterimLooks(intervention, method.Primary);
        return new EvaluationPlan(
            $"{design.Place.Code}-{method.Code}",
            Version: 1,
            new OrganisationId(design.Place.Code),
            MadeCountry.Project,
            method.Intervention,
            new BilingualText($"{method.Name.Sv} i {design.Place.Name}", $"{method.Name.En} in {design.Place.Name}"),
            PeriodLength.Quarter,
            FirstIndex: first,
            LastIndex: last,
            population.TargetGroup(method),
            method.Primary,
            population.Covariates(),
            ComparisonPool.OwnOrganisation,
            new BalancingMethod.InversePropensityWeighting(),
            EstimatorKind.AugmentedInversePropensity,
            Sensitivity: [EstimatorKind.InversePropensity],
            TieOrder.Pseudonym,
            MinimumTreated: 30,
            MinimumComparison: 30,
            method.SmallestWorthwhileEffect,
            ConfidenceLevel: 0.95,
            LookDueOn: due,
            Seed: 2021)
        {
            InterimLooks = interim,
            Spending = interim is null ? null : AlphaSpendingKind.OBrienFleming,
            ResultsDueOn = due.AddMonths(3),
            Secondaries = Secondaries(population, method),
            Placebos = Placebos(intervention, method),
        };
    }

    /// <summary>The day when the deliveries that hold the outcome of everybody who started by a quarter have come.</summary>
    private static DateOnly DueAfter(Period last, OutcomeDefinition outcome) =>
        last.Plus(outcome.HorizonPeriods + 1).Start.AddDays(DeliveryDays);

    /// <summary>One look when half of the start quarters have reached the horizon; none when all start in one quarter.</summary>
    private static InterimLook[]? InterimLooks(InterventionDesign intervention, OutcomeDefinition outcome)
    {
        var half = intervention.StartQuarters / 2;
        if (half == 0) return null;
        var last = CountryRules.PeriodOf(intervention.FirstQuarter + half - 1);
        return [new InterimLook(DueAfter(last, outcome), last, half / (double)intervention.StartQuarters)];
    }

    /// <summary>The population's other measures, over the same quarters as the primary one.</summary>
    private static OutcomeDefinition[] Secondaries(Population population, Method method) =>
    [
        .. population.MeasureCodes.Where(m => m != method.Primary.Measure.Code)
            .Select(m => new OutcomeDefinition(new MeasureCode(m), method.Primary.HorizonPeriods, method.Primary.Summary)),
    ];

    /// <summary>The primary measure three quarters before, which no model is given; none when nobody is followed so early.</summary>
    private static PlaceboDefinition[]? Placebos(InterventionDesign intervention, Method method) => intervention.FirstQuarter < 3
        ? null
        : [new PlaceboDefinition(method.Primary.Measure, 3, method.SmallestWorthwhileEffect)];

    private static void WriteLines(string path, IEnumerable<byte[]> items) =>
        File.WriteAllText(path, "[\n" + string.Join(",\n", items.Select(Encoding.UTF8.GetString)) + "\n]\n");
}
