using SiOutcomeLab.Contract;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Country.Delivering;

/// <summary>
/// What one region or agency sends: its one measure, of everybody registered in the municipalities that are added, under the same
/// pseudonyms. A file per wave stays open until all municipalities have been added.
/// </summary>
internal sealed class OwnerDeliveries : IDisposable
{
    private readonly string _organisation;
    private readonly string _measure;
    private readonly IReadOnlyList<Wave> _waves;
    private readonly Stream[] _streams;
    private readonly ObservationFile[] _files;

    /// <param name="organisation">Who sends.</param>
    /// <param name="measure">Its measure.</param>
    /// <param name="waves">The waves.</param>
    /// <param name="open">Opens the observations file of a wave.</param>
    public OwnerDeliveries(string organisation, string measure, IReadOnlyList<Wave> waves, Func<Wave, Stream> open)
    {
        (_organisation, _measure, _waves) = (organisation, measure, waves);
        _streams = [.. waves.Select(open)];
        _files = [.. _streams.Select(s => new ObservationFile(s, [measure], hasCovariates: false))];
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

    /// <summary>Finishes every wave's file; gives the manifest, or null for a wave in which nobody was to be reported.</summary>
    public IReadOnlyList<(Wave Wave, SubmissionManifest? Manifest)> Finish()
    {
        var finished = new List<(Wave, SubmissionManifest?)>();
        for (var w = 0; w < _waves.Count; w++)
        {
            _files[w].Finish();
            finished.Add((_waves[w], _files[w].Rows == 0 ? null : DeliveryFormat.Manifest(
                _organisation, AllowedUses.OwnEvaluation | AllowedUses.ComparisonForOthers | AllowedUses.PooledResults,
                _files[w].Quarters, DeliveryFormat.Describe(_streams[w], _files[w].Rows), null)));
            _streams[w].Dispose();
        }

        return finished;
    }

    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
        foreach (var stream in _streams) stream.Dispose();
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
