using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Programme;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Country.Delivering;

/// <summary>
/// What one region or agency sends: its one measure, of everybody registered in the municipalities that are added, under the same
/// pseudonyms. A file per wave stays open until all municipalities have been added.
/// </summary>
internal sealed class OwnerDeliveries : IDisposable
{
    private readonly string _folder;
    private readonly string _organisation;
    private readonly string _measure;
    private readonly IReadOnlyList<Wave> _waves;
    private readonly ObservationFile[] _files;

    public OwnerDeliveries(string country, string organisation, string measure, IReadOnlyList<Wave> waves)
    {
        (_organisation, _measure, _waves) = (organisation, measure, waves);
        _folder = Path.Combine(country, organisation);
        _files = [.. waves.Select(w => new ObservationFile(Path.Combine(_folder, w.Name, "observations.parquet"), [measure], false))];
    }

    public void Add(MadeMunicipality municipality, string[][] pseudonyms)
    {
        for (var at = 0; at < pseudonyms.Length; at++)
        {
            var population = municipality.Populations[at];
            var k = population.Population.IndexOf(_measure);
            if (k < 0) continue;
            for (var w = 0; w < _waves.Count; w++)
            {
                for (var quarter = _waves[w].First; quarter <= _waves[w].Last; quarter++)
                {
                    AddRows(_files[w], municipality.Place.Code, population, pseudonyms[at], k, quarter);
                }
            }
        }
    }

    public long Finish()
    {
        var rows = 0L;
        for (var w = 0; w < _waves.Count; w++)
        {
            var folder = Path.Combine(_folder, _waves[w].Name);
            if (_files[w].Finish() is not { } observations)
            {
                Directory.Delete(folder);
                continue;
            }

            rows += observations.Rows;
            DeliveryFormat.WriteManifest(
                folder, _organisation, AllowedUses.OwnEvaluation | AllowedUses.ComparisonForOthers | AllowedUses.PooledResults,
                _files[w].Quarters, observations, null);
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    private static void AddRows(ObservationFile file, string place, MadePopulation population, string[] pseudonyms, int k, int quarter)
    {
        for (var person = 0; person < pseudonyms.Length; person++)
        {
            // A quarter that two municipalities report is one quarter in the owner's register.
            if (quarter < population.First[person] || quarter > population.Last[person] || quarter >= population.Moved[person]) continue;
            file.Add(pseudonyms[person], place, quarter, population.Traits[person], false, -1);
            file.Set(0, population.Values[population.At(person, k, quarter)]);
        }
    }
}
