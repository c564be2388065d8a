using SiOutcomeLab.Hub.Configuration;

namespace SiOutcomeLab.Hub.Health;

/// <summary>When the hub calls itself ready.</summary>
public sealed record HealthOptions
{
    /// <summary>The least free space, in bytes, on the disk of the data folder.</summary>
    public long MinimumFreeBytes { get; init; } = 256L << 20;

    /// <summary>How long the catalogue may take to answer.</summary>
    public TimeSpan CatalogueTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Every breach, by key.</summary>
    public IEnumerable<OptionBreach> Breaches()
    {
        if (MinimumFreeBytes < 0) yield return new("minimum_free_bytes", new("ska inte vara negativt.", "must not be negative."));
        if (CatalogueTimeout < TimeSpan.FromMilliseconds(100))
        {
            yield return new("catalogue_timeout", new("ska vara minst 100ms.", "must be at least 100ms."));
        }
    }
}
