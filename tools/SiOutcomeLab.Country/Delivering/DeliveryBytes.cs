using SiOutcomeLab.Contract;
using SiOutcomeLab.Country.Making;

namespace SiOutcomeLab.Country.Delivering;

/// <summary>A delivery in memory, byte for byte as <see cref="CountryFiles"/> writes it.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Observations">Its observations file.</param>
/// <param name="Participations">Its participations file; null for none.</param>
public sealed record MadeDelivery(SubmissionManifest Manifest, byte[] Observations, byte[]? Participations);

/// <summary>Deliveries without files, for tests and studies.</summary>
public static class DeliveryBytes
{
    /// <summary>What everybody sends in a wave: municipalities, then regions and agencies; who has nobody to report sends nothing.</summary>
    /// <param name="country">The country.</param>
    /// <param name="municipalities">Its municipalities, made.</param>
    /// <param name="wave">The wave.</param>
    public static IReadOnlyList<MadeDelivery> Of(MadeCountry country, IReadOnlyList<MadeMunicipality> municipalities, Wave wave)
    {
        var made = municipalities.Select(m => (Municipality: m, Pseudonyms: PseudonymsOf(country, m))).ToArray();
        var deliveries = new List<MadeDelivery>();
        foreach (var (municipality, pseudonyms) in made)
        {
            using MemoryStream observations = new(), participations = new();
            if (MunicipalDeliveries.Write(municipality, pseudonyms, wave, observations, participations) is not { } manifest) continue;
            deliveries.Add(new(manifest, observations.ToArray(), manifest.Participations is null ? null : participations.ToArray()));
        }

        foreach (var county in made.GroupBy(m => m.Municipality.Place.CountyCode))
        {
            deliveries.AddRange(Owners.OfCounty(county.Key).SelectMany(o => OfOwner(o, county, wave)));
        }

        deliveries.AddRange(Owners.OfCountry.SelectMany(o => OfOwner(o, made, wave)));
        return deliveries;
    }

    internal static string[][] PseudonymsOf(MadeCountry country, MadeMunicipality municipality) =>
    [
        .. municipality.Populations.Select(p => Enumerable.Range(0, p.Persons).Select(i => country.Pseudonym(p, i).ToHex()).ToArray()),
    ];

    private static IEnumerable<MadeDelivery> OfOwner(
        (string Organisation, string Measure) owner, IEnumerable<(MadeMunicipality Municipality, string[][] Pseudonyms)> made, Wave wave)
    {
        using var bytes = new MemoryStream();
        using var deliveries = new OwnerDeliveries(owner.Organisation, owner.Measure, [wave], _ => bytes);
        foreach (var (municipality, pseudonyms) in made) deliveries.Add(municipality, pseudonyms);
        if (deliveries.Finish()[0].Manifest is { } manifest) yield return new MadeDelivery(manifest, bytes.ToArray(), null);
    }
}
