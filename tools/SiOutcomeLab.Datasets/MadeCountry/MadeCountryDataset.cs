using SiOutcomeLab.Contract;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Datasets.MadeCountry;

/// <summary>Twelve invented municipalities, three methods each, with effects that are known because they were put there.</summary>
internal static class MadeCountryDataset
{
    public static readonly ProjectId Project = new("made-country");

    /// <summary>Writes a folder per municipality, and <c>truth.csv</c> beside them.</summary>
    public static void Write(string target)
    {
        Directory.CreateDirectory(target);
        var municipalities = MadeMunicipality.Sizes.Select(s => MadeMunicipality.Make(s.Code, s.GroupSize)).ToArray();
        foreach (var municipality in municipalities) Write(Path.Combine(target, municipality.Code), municipality);
        File.WriteAllText(Path.Combine(target, "truth.csv"), MadeCountryTruth.Csv(municipalities));
    }

    private static void Write(string folder, MadeMunicipality municipality)
    {
        Directory.CreateDirectory(folder);
        var observations = MadeCountryTables.WriteObservations(Path.Combine(folder, "observations.parquet"), municipality);
        var participations = MadeCountryTables.WriteParticipations(Path.Combine(folder, "participations.parquet"), municipality);
        var organisation = new OrganisationId(municipality.Code);
        var manifest = new SubmissionManifest(
            organisation,
            Project,
            PeriodLength.Quarter,
            MadeCalendar.Periods,
            new PopulationStatement(
                "Invented persons: adults far from work, pupils of 7–12 years and young persons of 13–17 years known to the social "
                + "services; all of each group, whether they took part or not.",
                "A seeded generator; no real person stands behind any row."),
            "Invented data; no personal data.",
            AllowedUses.OwnEvaluation | AllowedUses.ComparisonForOthers | AllowedUses.PooledResults,
            DataPolicy.Standard,
            observations,
            participations);
        File.WriteAllBytes(Path.Combine(folder, "manifest.json"), manifest.ToJson(indented: true));
        var populations = municipality.Groups.Select(g => g.Population).ToArray();
        DatasetFiles.WriteInterventions(Path.Combine(folder, "interventions.json"), populations.Select(p => Intervention(organisation, p)));
        DatasetFiles.WritePlans(Path.Combine(folder, "plans.json"), populations.Select(p => MadeCountryPlans.Of(municipality.Code, p)));
    }

    private static Intervention Intervention(OrganisationId organisation, MadePopulation population) => new(
        organisation, new InterventionCode(population.Method), population.Method, population.Name, population.Cost, PriceYear: 2023);
}
