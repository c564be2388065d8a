using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Pipelines.Upgrade;
using SiOutcomeLab.Storage;
using SiOutcomeLab.Storage.Backup;
using SiOutcomeLab.Storage.Catalogue.Postgres;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Hub.Operation;

/// <summary>
/// Brings data of an earlier version to this one. A start never does: the way back is the backup that is made first. Forward only.
/// </summary>
public static class HubUpgrade
{
    private static readonly BilingualText Rewriting = new("Skriver om lakens objekt", "Rewriting the lake's objects");

    /// <summary>Upgrades a data folder, or finishes an upgrade that was cut short.</summary>
    /// <param name="options">The hub's options; the hub must be stopped.</param>
    /// <param name="backupTo">Where to back up first; null when there is a backup.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Cancels between two objects; run it again to finish.</param>
    public static async Task<UpgradeSummary> RunAsync(
        HubOptions options, string? backupTo, TimeProvider time, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        if (options.IsShared) return await RunSharedAsync(options, backupTo, time, cancellationToken);
        var cataloguePath = Path.Combine(Path.GetFullPath(options.DataFolder), "catalogue.db");
        if (!File.Exists(cataloguePath))
        {
            throw new BackupException(BackupProblem.NotThere, cataloguePath, $"There is no hub's data in {options.DataFolder}: it has no catalogue.");
        }

        using var folder = DataFolder.Open(options.DataFolder);
        var schema = await DataCheck.FoundSchemaAsync(folder.Path, cancellationToken);
        var format = LakeFormat.Read(PhysicalDisk.Instance, folder.LakePath) ?? LakeFormat.Current;
        if (schema == DataCheck.SchemaVersion && format == LakeFormat.Current) return new UpgradeSummary(false, schema, schema, format, format, 0, null);
        if (format > LakeFormat.Current) throw new LakeFormatException(LakeFormatProblem.TooNew, folder.LakePath, format);
        if (schema <= DataCheck.SchemaVersion && backupTo is not null)
        {
            await DataBackup.MakeAsync(folder.Path, backupTo, HubBackup.Version, time, OperationProgress.From(progress), cancellationToken);
        }

        var isKeyNew = !File.Exists(options.KeyPath()) && (await DataCheck.KeyIdsAsync(folder.Path, cancellationToken)).Count == 0;
        using var keys = isKeyNew
            ? HubKeyRing.Create(options.KeyPath(), folder.Path, time)
            : HubKeyRing.Load(options.KeyPath(), folder.Path);
        await using var catalogue = await SqliteCatalogue.UpgradeAsync(folder.CataloguePath, time, cancellationToken);
        var written = format < LakeFormat.Current
            ? await new LakeConversion(folder, catalogue, keys, Report).RunAsync(cancellationToken)
            : 0;
        await catalogue.Audit.AppendAsync(AuditEntry.OfHub(time.GetUtcNow(), "upgrade", string.Empty, "OK"), cancellationToken);
        return new UpgradeSummary(
            true, schema, DataCheck.SchemaVersion, format, LakeFormat.Current, written, isKeyNew ? options.KeyPath() : null);

        void Report(long done, long total) => progress?.Report(new OperationProgress(Rewriting, done, total));
    }

    /// <summary>A shared catalogue; there is no lake of an earlier format beside one.</summary>
    private static async Task<UpgradeSummary> RunSharedAsync(HubOptions options, string? backupTo, TimeProvider time, CancellationToken cancellationToken)
    {
        if (backupTo is not null) HubBackup.RequireOwnData(options);
        var (catalogue, found) = await PostgresCatalogue.UpgradeAsync(HubStores.ConnectionOf(options), time, cancellationToken);
        await using var upgraded = catalogue;
        if (found < DataCheck.SchemaVersion)
        {
            await upgraded.Audit.AppendAsync(AuditEntry.OfHub(time.GetUtcNow(), "upgrade", string.Empty, "OK"), cancellationToken);
        }

        return new UpgradeSummary(
            found < DataCheck.SchemaVersion, found, DataCheck.SchemaVersion, LakeFormat.Current, LakeFormat.Current, 0, null);
    }
}

/// <summary>What an upgrade did.</summary>
/// <param name="IsChanged">False when the data were of this version already.</param>
/// <param name="FromSchema">The catalogue's schema before.</param>
/// <param name="ToSchema">The catalogue's schema now.</param>
/// <param name="FromLakeFormat">The lake's format before.</param>
/// <param name="ToLakeFormat">The lake's format now.</param>
/// <param name="Objects">Objects that were rewritten.</param>
/// <param name="MadeKeyFile">The key file that was made, because the earlier version had none; else null.</param>
public sealed record UpgradeSummary(
    bool IsChanged, long FromSchema, long ToSchema, int FromLakeFormat, int ToLakeFormat, int Objects, string? MadeKeyFile);
