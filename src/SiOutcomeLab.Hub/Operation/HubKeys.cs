using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Storage;
using SiOutcomeLab.Storage.Backup;
using SiOutcomeLab.Storage.Keys;

namespace SiOutcomeLab.Hub.Operation;

/// <summary>The hub's keys: made, listed and rotated. A key itself is never told, only its identifier.</summary>
public static class HubKeys
{
    /// <summary>Makes a key file for a hub that has no data yet.</summary>
    /// <returns>The new key's identifier.</returns>
    /// <exception cref="HubKeyMissingException">There are data, and they need another key: a new one could not open them.</exception>
    public static async Task<string> MakeAsync(HubOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await NeededAsync(options, cancellationToken) is [var first, ..]) throw new HubKeyMissingException(first, []);
        using var ring = HubKeyRing.Create(options.KeyPath(), options.DataFolder, time);
        return ring.ActiveKeyId;
    }

    /// <summary>The keys of the key file, and which of them the data need.</summary>
    /// <exception cref="HubKeyMissingException">The data need a key that the file does not hold.</exception>
    public static async Task<IReadOnlyList<HubKeyState>> ListAsync(HubOptions options, CancellationToken cancellationToken)
    {
        using var ring = HubKeyRing.Load(options.KeyPath(), options.DataFolder);
        var needed = await NeededAsync(options, cancellationToken);
        foreach (var id in needed)
        {
            if (!ring.KeyIds.Contains(id)) throw new HubKeyMissingException(id, ring.KeyIds);
        }

        return [.. ring.KeyIds.Select(id => new HubKeyState(id, id == ring.ActiveKeyId, needed.Contains(id)))];
    }

    /// <summary>
    /// Adds a key and wraps every secret anew under it. The hub, and every other on its catalogue, must be stopped: one that runs knows the
    /// old keys only. Cut short, it is
    /// finished by being run again with <paramref name="addKey"/> false.
    /// </summary>
    /// <param name="options">The hub's options.</param>
    /// <param name="addKey">False to wrap anew under the key that is active already.</param>
    /// <param name="removeOld">Whether the old keys are taken out of the file: earlier backups then need the key file's earlier backup.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels between two secrets.</param>
    public static async Task<KeyRotation> RotateAsync(
        HubOptions options, bool addKey, bool removeOld, TimeProvider time, CancellationToken cancellationToken)
    {
        // Asked first: to take the folder would make it.
        if (!Directory.Exists(options.DataFolder))
        {
            throw new BackupException(BackupProblem.NotThere, options.DataFolder, $"There is no data folder {Path.GetFullPath(options.DataFolder)}.");
        }

        using var folder = DataFolder.Open(options.DataFolder);
        await using var catalogue = await HubStores.OpenCatalogueAsync(options, time, cancellationToken);

        // Every key that is needed must be there before a new one is added.
        await ListAsync(options, cancellationToken);
        using var ring = addKey ? HubKeyRing.AddKey(options.KeyPath(), folder.Path, time) : HubKeyRing.Load(options.KeyPath(), folder.Path);
        var rewrapped = await new KeptSecrets(catalogue.Uploads, catalogue.Projects, ring).RewrapAsync(cancellationToken);
        await catalogue.Audit.AppendAsync(AuditEntry.OfHub(time.GetUtcNow(), "rotate-key", "keys/" + ring.ActiveKeyId, "OK"), cancellationToken);
        var removed = removeOld ? await RemoveOldAsync(options, ring, cancellationToken) : [];
        return new KeyRotation(ring.ActiveKeyId, rewrapped, removed);
    }

    private static async Task<IReadOnlyList<string>> RemoveOldAsync(HubOptions options, HubKeyRing ring, CancellationToken cancellationToken)
    {
        var needed = await NeededAsync(options, cancellationToken);
        string[] removed = [.. ring.KeyIds.Where(id => id != ring.ActiveKeyId && !needed.Contains(id))];
        foreach (var id in removed) HubKeyRing.RemoveKey(options.KeyPath(), options.DataFolder, id).Dispose();
        return removed;
    }

    private static async Task<IReadOnlyList<string>> NeededAsync(HubOptions options, CancellationToken cancellationToken)
    {
        if (!options.IsShared) return await DataCheck.KeyIdsAsync(options.DataFolder, cancellationToken);
        await using var catalogue = await HubStores.OpenCatalogueAsync(options, TimeProvider.System, cancellationToken);
        return await SharedData.KeyIdsAsync(catalogue, cancellationToken);
    }
}

/// <summary>A key of the hub.</summary>
/// <param name="Id">Its identifier, 16 hexadecimal digits.</param>
/// <param name="IsActive">Whether secrets are wrapped under it from now on.</param>
/// <param name="IsNeeded">Whether a secret in the data is wrapped under it.</param>
public sealed record HubKeyState(string Id, bool IsActive, bool IsNeeded);

/// <summary>What a rotation did.</summary>
/// <param name="ActiveKeyId">The key that is active now.</param>
/// <param name="Rewrapped">Secrets that were wrapped anew.</param>
/// <param name="Removed">Keys that were taken out of the file.</param>
public sealed record KeyRotation(string ActiveKeyId, int Rewrapped, IReadOnlyList<string> Removed);
