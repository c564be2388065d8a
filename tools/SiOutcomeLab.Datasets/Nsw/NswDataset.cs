using System.Text;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Datasets.Nsw;

/// <summary>The National Supported Work data as a submission of a teaching municipality.</summary>
internal static class NswDataset
{
    public static readonly OrganisationId Organisation = new("9901");
    public static readonly ProjectId Project = new("nsw");
    public static readonly InterventionCode Training = new("nsw-job-training");

    /// <summary>Published on purpose: the persons are public, and anybody may make the same pseudonyms again.</summary>
    public static ReadOnlySpan<byte> TeachingKey => "SiOutcomeLab teaching key: nsw. Not a secret."u8;

    /// <summary>Reads <c>nsw.csv</c> from one folder and writes the submission, its plans and its intervention to another.</summary>
    public static void Write(string source, string target)
    {
        var persons = NswPerson.ReadAll(Path.Combine(source, "nsw.csv"));
        Directory.CreateDirectory(target);
        var observations = WriteObservations(Path.Combine(target, "observations.parquet"), persons);
        var participations = WriteParticipations(Path.Combine(target, "participations.parquet"), persons);
        var manifest = new SubmissionManifest(
            Organisation,
            Project,
            PeriodLength.Year,
            [Year(1974), Year(1975), Year(1978)],
            new PopulationStatement(
                "185 men who were offered a place in the National Supported Work demonstration and 429 men of a survey, for comparison.",
                "Dehejia and Wahba (1999), with the comparison persons from the Panel Study of Income Dynamics, as shipped "
                + "with the R package MatchIt."),
            "Public research data without personal identifiers; teaching only.",
            AllowedUses.OwnEvaluation | AllowedUses.ComparisonForOthers | AllowedUses.PooledResults | AllowedUses.ResearchDataSets,
            DataPolicy.OpenData,
            observations,
            participations);
        File.WriteAllBytes(Path.Combine(target, "manifest.json"), manifest.ToJson(indented: true));
        DatasetFiles.WriteInterventions(Path.Combine(target, "interventions.json"), [Intervention]);
        DatasetFiles.WritePlans(Path.Combine(target, "plans.json"), NswPlans.All);
    }

    private static Intervention Intervention => new(
        Organisation,
        Training,
        "supported-work",
        new BilingualText("Stödd arbetsträning (National Supported Work)", "Supported work training (National Supported Work)"),
        CostPerParticipantSek: null,
        PriceYear: null);

    private static Period Year(int year) => new(PeriodLength.Year, year);

    private static string Pseudonym(NswPerson person) => Pseudonyms.Of(TeachingKey, Encoding.UTF8.GetBytes(person.Id)).ToHex();

    /// <summary>Person by person in the CSV's order, so that the order of first appearance is the CSV's: ties are broken by it.</summary>
    private static ManifestFile WriteObservations(string path, IReadOnlyList<NswPerson> persons)
    {
        var rows = persons
            .SelectMany(p => new[] { (p, Year(1974), p.Earnings1974), (p, Year(1975), p.Earnings1975), (p, Year(1978), p.Earnings1978) })
            .Select(r => (Person: r.p, Period: r.Item2, Earnings: r.Item3))
            .ToArray();
        return DatasetFiles.WriteTable(path, [
            TableColumn.Text("person_id", [.. rows.Select(r => Pseudonym(r.Person))]),
            TableColumn.Text("municipality_code", [.. rows.Select(_ => Organisation.Code)]),
            TableColumn.Periods("period_start", [.. rows.Select(r => r.Period)]),
            TableColumn.Numbers<int>("age_years", [.. rows.Select(r => r.Person.Age)]),
            TableColumn.Numbers<int>("education_years", [.. rows.Select(r => r.Person.Education)]),
            TableColumn.Text("race_us", [.. rows.Select(r => r.Person.Race)]),
            TableColumn.Numbers<int>("married", [.. rows.Select(r => r.Person.Married)]),
            TableColumn.Numbers<int>("no_degree", [.. rows.Select(r => r.Person.NoDegree)]),
            TableColumn.Numbers<double>("earnings_usd_1982", [.. rows.Select(r => r.Earnings)]),
        ]);
    }

    private static ManifestFile WriteParticipations(string path, IReadOnlyList<NswPerson> persons)
    {
        var treated = persons.Where(p => p.Treated).ToArray();
        return DatasetFiles.WriteTable(path, [
            TableColumn.Text("person_id", [.. treated.Select(Pseudonym)]),
            TableColumn.Text("intervention_code", [.. treated.Select(_ => Training.Code)]),
            TableColumn.Dates("start_date", [.. treated.Select(_ => new DateOnly(1976, 1, 1))]),
        ]);
    }
}
