using SiOutcomeLab.Contract;
using SiOutcomeLab.Country.Drawing;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Programme;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Country.Delivering;

/// <summary>What a municipality sends, wave by wave.</summary>
internal static class MunicipalDeliveries
{
    private const double ShareOfClosed = 0.04;

    /// <summary>The measures that municipalities own.</summary>
    public static string[] Measures { get; } =
        [.. Populations.All.SelectMany(p => p.Measures).Where(m => m.Owner == OwningSource.Municipality).Select(m => m.Code).Distinct()];

    /// <summary>Writes the waves' deliveries below a folder of the municipality's own.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="municipality">The municipality.</param>
    /// <param name="pseudonyms">Its persons' pseudonyms, population by population.</param>
    /// <param name="waves">The waves.</param>
    /// <param name="cancellationToken">Asked before each wave.</param>
    /// <returns>Rows of observations.</returns>
    public static long Write(
        string folder, MadeMunicipality municipality, string[][] pseudonyms, IReadOnlyList<Wave> waves, CancellationToken cancellationToken)
    {
        var rows = 0L;
        foreach (var wave in waves)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var target = Path.Combine(folder, wave.Name);
            SubmissionManifest? manifest;
            using (var observations = DeliveryFormat.Create(Path.Combine(target, "observations.parquet")))
            using (var participations = DeliveryFormat.Create(Path.Combine(target, "participations.parquet")))
            {
                manifest = Write(municipality, pseudonyms, wave, observations, participations);
            }

            if (manifest?.Participations is null) File.Delete(Path.Combine(target, "participations.parquet"));
            if (manifest is null)
            {
                Directory.Delete(target, recursive: true);
                continue;
            }

            rows += manifest.Observations.Rows;
            DeliveryFormat.Write(target, manifest);
        }

        return rows;
    }

    /// <summary>Writes one delivery and says what it is; null when there is nobody to report.</summary>
    public static SubmissionManifest? Write(
        MadeMunicipality municipality, string[][] pseudonyms, Wave wave, Stream observations, Stream participations)
    {
        using var file = new ObservationFile(
            observations, Measures, hasCovariates: true, municipality.Populations.Sum(p => p.Persons) * (wave.Last - wave.First + 1));
        for (var at = 0; at < pseudonyms.Length; at++)
        {
            for (var quarter = wave.First; quarter <= wave.Last; quarter++)
            {
                AddRows(file, municipality.Place.Code, municipality.Populations[at], pseudonyms[at], quarter);
            }
        }

        file.Finish();
        if (file.Rows == 0) return null;
        var starts = WriteParticipations(participations, municipality, pseudonyms, wave);
        return DeliveryFormat.Manifest(
            municipality.Place.Code, Uses(municipality), file.Quarters, DeliveryFormat.Describe(observations, file.Rows),
            starts == 0 ? null : DeliveryFormat.Describe(participations, starts));
    }

    /// <summary>Some municipalities do not lend their rows to others.</summary>
    public static AllowedUses Uses(MadeMunicipality municipality) =>
        Xoshiro.UniformOf(Xoshiro.Mix(municipality.Place.Number, 0xC105ED)) < ShareOfClosed
            ? AllowedUses.OwnEvaluation | AllowedUses.PooledResults
            : AllowedUses.OwnEvaluation | AllowedUses.ComparisonForOthers | AllowedUses.PooledResults | AllowedUses.ResearchDataSets;

    private static void AddRows(ObservationFile file, string place, MadePopulation population, string[] pseudonyms, int quarter)
    {
        var measures = population.Population.Measures;
        var columns = measures.Select(m => Array.IndexOf(Measures, m.Code)).ToArray();
        for (var person = 0; person < pseudonyms.Length; person++)
        {
            if (quarter < population.First[person] || quarter > population.Last[person]) continue;
            var isLast = quarter == population.Last[person] && quarter < population.Quarters - 1;
            // Who moves within the country leaves this municipality too.
            var reason = population.Moved[person] < population.Quarters ? 0 : population.Traits[person].ExitReason;
            file.Add(pseudonyms[person], place, quarter, population.Traits[person], isLast, reason);
            for (var k = 0; k < columns.Length; k++)
            {
                if (columns[k] >= 0) file.Set(columns[k], population.Values[population.At(person, k, quarter)]);
            }
        }
    }

    private static int WriteParticipations(Stream stream, MadeMunicipality municipality, string[][] pseudonyms, Wave wave)
    {
        var started = municipality.Populations
            .SelectMany((population, at) => population.Participants.Select(p => (Participant: p, Pseudonym: pseudonyms[at][p.Person])))
            .Where(p => p.Participant.Quarter >= wave.First && p.Participant.Quarter <= wave.Last)
            .ToArray();
        if (started.Length == 0) return 0;
        ParquetColumnSpec[] columns =
        [
            ParquetColumnSpec.Text("person_id"), ParquetColumnSpec.Text("intervention_code"), ParquetColumnSpec.Date("start_date"),
            ParquetColumnSpec.Text("group_id", optional: true),
        ];
        using var writer = ParquetWriter.Create(stream, columns, DeliveryFormat.Options, leaveOpen: true);
        var epoch = new DateOnly(1970, 1, 1).DayNumber;
        var group = writer.StartRowGroup();
        group.WriteStrings(started.Select(s => s.Pseudonym).ToArray());
        group.WriteStrings(started.Select(s => s.Participant.Method.Code).ToArray());
        group.WriteColumn<int>(started.Select(s => s.Participant.Start.DayNumber - epoch).ToArray());
        group.WriteStrings(started.Select(s => GroupName(s.Participant)).ToArray());
        writer.Close();
        return started.Length;
    }

    private static string? GroupName(Participant participant) => participant.Group < 0
        ? null
        : $"group-{CountryRules.PeriodOf(participant.Quarter)}-{participant.Group + 1}";
}
