using System.Security.Cryptography;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Sql;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Storage.Backup;

/// <summary>Looks over a catalogue and a lake that several hubs share, while they run too, and changes nothing in them.</summary>
public static class SharedData
{
    /// <summary>The hub's keys under which secrets in the catalogue are wrapped.</summary>
    public static async Task<IReadOnlyList<string>> KeyIdsAsync(ICatalogue catalogue, CancellationToken cancellationToken)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var record in await catalogue.Projects.ListAsync(cancellationToken))
        {
            if (!record.WrappedPersonKey.IsEmpty) ids.Add(KeyWrapping.KeyIdOf("project " + record.Project.Code, record.WrappedPersonKey.Span));
        }

        foreach (var upload in await catalogue.Uploads.AllOpenAsync(cancellationToken))
        {
            ids.Add(KeyWrapping.KeyIdOf("upload " + upload.Id, upload.WrappedKey.Span));
        }

        return [.. ids];
    }

    /// <summary>Reads every object that the catalogue names.</summary>
    /// <param name="catalogue">The catalogue, of this build's schema.</param>
    /// <param name="lake">The lake.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<DataCondition> CheckAsync(
        ICatalogue catalogue, ILake lake, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var objects = await ObjectsAsync(catalogue, cancellationToken);
        List<string> missing = [], damaged = [];
        var (done, total) = (0L, objects.Sum(o => o.Bytes));
        foreach (var lakeObject in objects)
        {
            var hash = await HashAsync(lake, lakeObject, cancellationToken);
            progress?.Report(new BackupProgress(BackupStep.Verifying, done += lakeObject.Bytes, total));
            if (hash == lakeObject.Sha256) continue;

            // Erased while this was looking: then it is not missed.
            if (hash is null && !(await catalogue.Submissions.NamedObjectsAsync(cancellationToken)).Contains(lakeObject.Sha256)) continue;
            (hash is null ? missing : damaged).Add(lakeObject.Sha256);
        }

        return new DataCondition(
            Migration.Of("Postgres").Count, null, await KeyIdsAsync(catalogue, cancellationToken), objects.Count, total, missing, damaged, Unnamed: 0);
    }

    private static async Task<IReadOnlyList<LakeObject>> ObjectsAsync(ICatalogue catalogue, CancellationToken cancellationToken)
    {
        var kept = await catalogue.Submissions.KeptAsync(null, cancellationToken);
        return [.. kept.SelectMany(s => new[] { s.Observations, s.Participations }).OfType<LakeObject>().DistinctBy(o => o.Sha256).OrderBy(o => o.Sha256, StringComparer.Ordinal)];
    }

    /// <summary>Null when it is not there, empty when it has another length.</summary>
    private static async Task<string?> HashAsync(ILake lake, LakeObject lakeObject, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await lake.OpenReadAsync(lakeObject, cancellationToken);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        }
        catch (LakeObjectMissingException)
        {
            return null;
        }
        catch (LakeObjectDamagedException)
        {
            return string.Empty;
        }
    }
}
