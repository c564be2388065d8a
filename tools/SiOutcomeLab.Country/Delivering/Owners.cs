using SiOutcomeLab.Contract;
using SiOutcomeLab.Country.Places;
using SiOutcomeLab.Country.Programme;

namespace SiOutcomeLab.Country.Delivering;

/// <summary>Which region or agency sends which of the country's measures.</summary>
public static class Owners
{
    /// <summary>Agencies and their measures.</summary>
    public static IReadOnlyList<(string Organisation, string Measure)> OfCountry { get; } =
    [
        .. Populations.All.SelectMany(p => p.Measures)
            .Where(m => m.Owner is not (OwningSource.Municipality or OwningSource.Region))
            .Select(m => (Sweden.Agency(m.Owner).Code, m.Code)).Distinct(),
    ];

    /// <summary>A county's region and its measures.</summary>
    /// <param name="countyCode">The county's two digits.</param>
    public static IReadOnlyList<(string Organisation, string Measure)> OfCounty(string countyCode) =>
    [
        .. Populations.All.SelectMany(p => p.Measures).Where(m => m.Owner == OwningSource.Region)
            .Select(m => (Sweden.RegionOfCounty[countyCode].Code, m.Code)).Distinct(),
    ];
}
