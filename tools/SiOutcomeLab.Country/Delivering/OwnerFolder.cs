using SiOutcomeLab.Country.Making;

namespace SiOutcomeLab.Country.Delivering;

/// <summary>A region's or an agency's deliveries, as files below a folder of its own.</summary>
internal sealed class OwnerFolder : IDisposable
{
    private readonly string _folder;
    private readonly OwnerDeliveries _deliveries;

    public OwnerFolder(string country, string organisation, string measure, IReadOnlyList<Wave> waves)
    {
        _folder = Path.Combine(country, organisation);
        _deliveries = new OwnerDeliveries(
            organisation, measure, waves, wave => DeliveryFormat.Create(Path.Combine(_folder, wave.Name, "observations.parquet")));
    }

    public void Add(MadeMunicipality municipality, string[][] pseudonyms) => _deliveries.Add(municipality, pseudonyms);

    /// <summary>Finishes the files and writes the manifests; gives the rows.</summary>
    public long Finish()
    {
        var rows = 0L;
        foreach (var (wave, manifest) in _deliveries.Finish())
        {
            var target = Path.Combine(_folder, wave.Name);
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

    public void Dispose() => _deliveries.Dispose();
}
