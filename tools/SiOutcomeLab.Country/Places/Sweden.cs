using System.Globalization;
using SiOutcomeLab.Contract;

namespace SiOutcomeLab.Country.Places;

/// <summary>Sweden's 290 municipalities with their populations, and the regions and agencies that follow the same persons up.</summary>
public static class Sweden
{
    /// <summary>All municipalities, by code.</summary>
    public static IReadOnlyList<Place> Places { get; } = Load();

    /// <summary>Inhabitants in all.</summary>
    public static int Population { get; } = Places.Sum(p => p.Population);

    /// <summary>The region of each county, by the county's two digits.</summary>
    public static IReadOnlyDictionary<string, SendingOrganisation> RegionOfCounty { get; } = Regions();

    /// <summary>The agency that owns a measure.</summary>
    /// <param name="source">What kind of organisation owns it.</param>
    public static SendingOrganisation Agency(OwningSource source) =>
        OrganisationRegister.Current.All.Single(o => o.SendsFor.Count == 1 && o.SendsFor[0] == source);

    private static Place[] Load()
    {
        using var stream = typeof(Sweden).Assembly.GetManifestResourceStream("municipality_population.csv")
            ?? throw new InvalidDataException("municipality_population.csv is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        var population = new Dictionary<string, int>(StringComparer.Ordinal);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            population.Add(line[..4], int.Parse(line.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return
        [
            .. MunicipalityRegister.Current.All.Where(m => !m.IsTeaching).Select(m => new Place(
                m.Code, m.Name, m.CountyCode, population[m.Code], PlaceGroups.Of(population[m.Code], m.CountyCode))),
        ];
    }

    // The register has the regions in the order of their counties.
    private static Dictionary<string, SendingOrganisation> Regions() => Places.Select(p => p.CountyCode).Distinct().Order(StringComparer.Ordinal)
        .Zip(OrganisationRegister.Current.All.Where(o => o.SendsFor is [OwningSource.Region]))
        .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
}
