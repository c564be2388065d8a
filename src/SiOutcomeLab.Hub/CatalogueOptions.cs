using SiOutcomeLab.Hub.Configuration;
using SiOutcomeLab.Storage.Catalogue.Postgres;

namespace SiOutcomeLab.Hub;

/// <summary>What holds the catalogue, and with it the scheduler.</summary>
public enum CatalogueKind
{
    /// <summary>Files in the data folder, for one hub.</summary>
    Sqlite = 1,

    /// <summary>A PostgreSQL database, for any number of hubs.</summary>
    Postgres = 2,
}

/// <summary>Where the catalogue is.</summary>
public sealed record CatalogueOptions
{
    /// <summary>What holds it.</summary>
    public CatalogueKind Kind { get; init; } = CatalogueKind.Sqlite;

    /// <summary>
    /// For <c>postgres</c>, a file with the connection text: <c>Host=…;Database=…;Username=…;Password=…</c>. What it leaves out comes from
    /// PostgreSQL's own places, <c>PGPASSFILE</c> and <c>PGPASSWORD</c> among them.
    /// </summary>
    [OptionPath]
    public string? ConnectionFile { get; init; }

    /// <summary>For <c>postgres</c>, how often each hub's scheduler says that it lives.</summary>
    public TimeSpan CheckIn { get; init; } = TimeSpan.FromSeconds(7.5);

    /// <summary>Every breach, by key.</summary>
    public IEnumerable<OptionBreach> Breaches()
    {
        if (!Enum.IsDefined(Kind)) yield return new("kind", new("ska vara sqlite eller postgres.", "must be sqlite or postgres."));
        if (CheckIn < TimeSpan.FromMilliseconds(500) || CheckIn > TimeSpan.FromMinutes(5)) yield return new("check_in", new("ska vara 500ms–5m.", "must be 500ms–5m."));
        if (Kind == CatalogueKind.Postgres && string.IsNullOrEmpty(ConnectionFile))
        {
            yield return new("connection_file", new("ska ange en fil när kind är postgres.", "must name a file when kind is postgres."));
        }
        else if (Kind == CatalogueKind.Postgres && Connection() is null)
        {
            yield return new(
                "connection_file",
                new(
                    "ska ange en läsbar fil med Host=…;Database=…;Username=….",
                    "must name a readable file with Host=…;Database=…;Username=…."));
        }
    }

    /// <summary>How to reach the database; null when the file does not say.</summary>
    internal PostgresConnection? Connection()
    {
        try
        {
            return ConnectionFile is null ? null : PostgresConnection.TryParse(File.ReadAllText(ConnectionFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Told as a breach, by its key.
            return null;
        }
    }
}
