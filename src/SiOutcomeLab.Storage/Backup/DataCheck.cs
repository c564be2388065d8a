using Microsoft.Data.Sqlite;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue.Sql;

namespace SiOutcomeLab.Storage.Backup;

/// <summary>In what condition a data folder is.</summary>
/// <param name="SchemaVersion">The catalogue's schema; null when there is no catalogue, or it cannot be read.</param>
/// <param name="CatalogueComplaint">What the database says is wrong with itself; null when it is whole.</param>
/// <param name="KeyIds">Identifiers of the hub's keys under which secrets are wrapped.</param>
/// <param name="Objects">Objects that submissions name.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Missing">Named objects that are not there.</param>
/// <param name="Damaged">Named objects with other bytes than their names say.</param>
/// <param name="Unnamed">Objects in the lake that nothing names; the hub's sweeper takes them.</param>
public sealed record DataCondition(
    long? SchemaVersion,
    string? CatalogueComplaint,
    IReadOnlyList<string> KeyIds,
    int Objects,
    long Bytes,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Damaged,
    int Unnamed);

/// <summary>Looks a data folder over, of a running hub too, and changes nothing in it.</summary>
public static class DataCheck
{
    /// <summary>The schema version that this build works with.</summary>
    public static int SchemaVersion => Migration.Of("Sqlite").Count;

    /// <summary>The schema version of a data folder's catalogue, which must be there.</summary>
    public static async Task<long> FoundSchemaAsync(string dataFolder, CancellationToken cancellationToken)
    {
        await using var catalogue = await CatalogueFile.OpenAsync(DataFolderPaths.At(dataFolder).Catalogue, cancellationToken);
        return await catalogue.SchemaVersionAsync(cancellationToken);
    }

    /// <summary>The hub's keys under which secrets in the data are wrapped; none when there is no catalogue.</summary>
    public static async Task<IReadOnlyList<string>> KeyIdsAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var paths = DataFolderPaths.At(dataFolder);
        if (!File.Exists(paths.Catalogue)) return [];
        await using var catalogue = await CatalogueFile.OpenAsync(paths.Catalogue, cancellationToken);
        return await catalogue.KeyIdsAsync(cancellationToken);
    }

    /// <summary>Reads the catalogue through, and every object that it names.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="BackupException">There is no catalogue.</exception>
    public static async Task<DataCondition> RunAsync(string dataFolder, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var paths = DataFolderPaths.At(dataFolder);
        if (!File.Exists(paths.Catalogue))
        {
            throw new BackupException(BackupProblem.NotThere, paths.Root, $"There is no hub's data in {paths.Root}: it has no catalogue.");
        }

        try
        {
            await using var catalogue = await CatalogueFile.OpenAsync(paths.Catalogue, cancellationToken);
            if (await catalogue.ComplaintAsync(cancellationToken) is { } complaint) return Unreadable(complaint);
            return await LookAsync(paths, catalogue, progress, cancellationToken);
        }
        catch (SqliteException e)
        {
            return Unreadable(e.Message);
        }
    }

    private static async Task<DataCondition> LookAsync(
        DataFolderPaths paths, CatalogueFile catalogue, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var objects = await catalogue.ObjectsAsync(cancellationToken);
        List<string> missing = [], damaged = [];
        var (done, total) = (0L, objects.Sum(o => o.Bytes));
        foreach (var lakeObject in objects)
        {
            var hash = await HashAsync(LakeCopy.PathOf(paths.Lake, lakeObject.Sha256), lakeObject, read => progress?.Report(new BackupProgress(BackupStep.Verifying, done += read, total)), cancellationToken);
            if (hash == lakeObject.Sha256) continue;

            // Erased while this was looking: then it is not missed.
            if (hash is null && (await catalogue.ObjectsAsync(cancellationToken)).All(o => o.Sha256 != lakeObject.Sha256)) continue;
            (hash is null ? missing : damaged).Add(lakeObject.Sha256);
        }

        return new DataCondition(
            await catalogue.SchemaVersionAsync(cancellationToken),
            null,
            await catalogue.KeyIdsAsync(cancellationToken),
            objects.Count,
            total,
            missing,
            damaged,
            Unnamed(paths.Lake, objects));
    }

    private static async Task<string?> HashAsync(string path, LakeObject lakeObject, Action<long> read, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file && file.Length != lakeObject.Bytes ? string.Empty : await BackupFolder.HashAsync(path, read, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static int Unnamed(string lake, IReadOnlyList<LakeObject> objects)
    {
        var folder = Path.Combine(lake, "objects");
        if (!Directory.Exists(folder)) return 0;
        var named = objects.Select(o => o.Sha256).ToHashSet(StringComparer.Ordinal);
        return Directory.EnumerateDirectories(folder)
            .Sum(shard => Directory.EnumerateFiles(shard).Count(f => !named.Contains(Path.GetFileName(shard) + Path.GetFileName(f))));
    }

    private static DataCondition Unreadable(string complaint) => new(null, complaint, [], 0, 0, [], [], 0);
}
