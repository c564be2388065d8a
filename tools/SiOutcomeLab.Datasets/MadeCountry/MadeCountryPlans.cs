using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Datasets.MadeCountry;

/// <summary>One plan per method and municipality.</summary>
internal static class MadeCountryPlans
{
    public static EvaluationPlan Of(string municipality, MadePopulation population)
    {
        var name = MunicipalityRegister.Current.TryFind(municipality, out var found) ? found.Name : municipality;
        return new EvaluationPlan(
            $"{municipality}-{population.Method}",
            Version: 1,
            new OrganisationId(municipality),
            MadeCountryDataset.Project,
            new InterventionCode(population.Method),
            new BilingualText(
                $"{population.Name.Sv} i {name}: {population.OutcomeWords.Sv}",
                $"{population.Name.En} in {name}: {population.OutcomeWords.En}"),
            PeriodLength.Quarter,
            FirstIndex: MadeCalendar.Index,
            LastIndex: MadeCalendar.Index,
            population.TargetGroup,
            population.Primary,
            population.Covariates,
            ComparisonPool.OwnOrganisation,
            population.Balancing,
            population.Estimator,
            Sensitivity: [EstimatorKind.InversePropensity],
            TieOrder.Pseudonym,
            MinimumTreated: 30,
            MinimumComparison: 30,
            population.SmallestWorthwhileEffect,
            ConfidenceLevel: 0.95,
            LookDueOn: new DateOnly(2024, 7, 1),
            Seed: 2023) { ResultsDueOn = new DateOnly(2024, 9, 30) };
    }
}
