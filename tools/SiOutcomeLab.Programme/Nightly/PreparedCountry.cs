using System.Text.Json;
using SiOutcomeLab.Country.Delivering;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Planning;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Programme.Lab;

namespace SiOutcomeLab.Programme.Nightly;

/// <summary>A national country in a lab of its own: everything delivered and taken in, every plan registered, none run.</summary>
/// <param name="Scale">Its scale.</param>
/// <param name="Pool">Where its plans' comparison persons come from.</param>
/// <param name="Persons">Persons.</param>
/// <param name="Plans">Plans.</param>
/// <param name="Looks">Their looks.</param>
/// <param name="Deliveries">Deliveries.</param>
/// <param name="Rows">Rows of observations in them.</param>
/// <param name="DueOn">The day when all looks are due.</param>
internal sealed record PreparedCountry(
    double Scale, ComparisonPool Pool, int Persons, int Plans, int Looks, int Deliveries, long Rows, DateOnly DueOn)
{
    private const string Marker = "prepared.json";

    /// <summary>The folder of a country's lab.</summary>
    public static string FolderOf(string root, double scale, ComparisonPool pool) => Path.Combine(root, $"{scale:0.####}-{pool}");

    /// <summary>What stands in a folder; null when no country does, or a half-made one.</summary>
    public static PreparedCountry? Find(string folder)
    {
        var marker = Path.Combine(folder, Marker);
        return File.Exists(marker) ? JsonSerializer.Deserialize<PreparedCountry>(File.ReadAllText(marker)) : null;
    }

    /// <summary>Makes the country: history delivered, plans registered, and then quarter by quarter what everybody sends.</summary>
    public static async Task<PreparedCountry> MakeAsync(string folder, double scale, ComparisonPool pool, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var country = NationalCountry.At(scale);
        var municipalities = country.Designs.Select(d => country.Make(d.Place.Code)).ToArray();
        var plans = country.Designs.SelectMany(d => d.Interventions.Select(i => CountryPlans.PlanOf(d, i) with { Pool = pool })).ToArray();
        var (deliveries, rows) = (0, 0L);
        await using var lab = await CountryLab.OpenAsync(folder, CountryRules.FirstQuarter.Start, 1 << 20, 1, cancellationToken);
        foreach (var design in country.Designs) await lab.RegisterInterventionsAsync(design, cancellationToken);
        foreach (var wave in Wave.Through(country.Rules.Quarters - 1))
        {
            lab.Clock.SetTo(CountryRules.PeriodOf(wave.Last + 1).Start.AddDays(5));
            foreach (var delivery in DeliveryBytes.Of(country, municipalities, wave))
            {
                await lab.SendAsync(delivery.Manifest, delivery.Observations, delivery.Participations, cancellationToken);
                deliveries++;
                rows += delivery.Manifest.Observations.Rows;
            }

            if (wave.First > 0) continue;
            foreach (var plan in plans) await lab.RegisterAsync(plan, cancellationToken);
        }

        var made = new PreparedCountry(
            scale, pool, country.Designs.Sum(d => d.Persons.Sum()), plans.Length, plans.Sum(p => p.Looks.Count), deliveries, rows,
            plans.Max(p => p.LookDueOn));
        await File.WriteAllTextAsync(Path.Combine(folder, Marker), JsonSerializer.Serialize(made), cancellationToken);
        return made;
    }
}
