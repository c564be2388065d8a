using System.Reflection;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Storage.Backup;
using SiOutcomeLab.Storage.Catalogue.Sqlite;

namespace SiOutcomeLab.Hub.Operation;

/// <summary>Backup and restore of a hub's data. The key file is not among the data: it has a backup of its own, kept apart.</summary>
public static class HubBackup
{
    /// <summary>Copies the data of a hub, running or not, into a new folder.</summary>
    /// <param name="options">The hub's options; its data folder is read.</param>
    /// <param name="to">The backup's folder; must not be there, or be empty.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Cancels; nothing remains.</param>
    public static async Task<BackupSummary> MakeAsync(
        HubOptions options, string to, TimeProvider time, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        RequireOwnData(options);
        var manifest = await DataBackup.MakeAsync(options.DataFolder, to, Version, time, OperationProgress.From(progress), cancellationToken);
        if (manifest.SchemaVersion == DataCheck.SchemaVersion)
        {
            // Whoever has a copy of the data has the data: that one was made belongs in the log.
            await using var catalogue = await SqliteCatalogue.OpenAsync(Path.Combine(Path.GetFullPath(options.DataFolder), "catalogue.db"), time, cancellationToken);
            await catalogue.Audit.AppendAsync(AuditEntry.OfHub(time.GetUtcNow(), "backup", string.Empty, "OK"), cancellationToken);
        }

        return BackupSummary.Of(manifest);
    }

    /// <summary>Puts a backup back as a new data folder.</summary>
    /// <param name="from">The backup.</param>
    /// <param name="options">The options of the hub that will use it: its data folder must not be there, its key file must hold the keys.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Cancels; nothing remains.</param>
    public static async Task<BackupSummary> RestoreAsync(
        string from, HubOptions options, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        RequireOwnData(options);
        return BackupSummary.Of(
            await DataRestore.RestoreAsync(from, options.DataFolder, options.KeyPath(), OperationProgress.From(progress), cancellationToken));
    }

    /// <exception cref="BackupException">The data are not in the data folder.</exception>
    internal static void RequireOwnData(HubOptions options)
    {
        if (!options.IsShared) return;
        throw new BackupException(
            BackupProblem.OtherMeans,
            "catalogue",
            "The catalogue is in PostgreSQL and the lake outside the data folder: back up and restore them by their own means, the catalogue "
            + "first and the lake after it, as OPERATION.md tells; then upgrade with --backup-done.");
    }

    internal static string Version =>
        typeof(HubBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}

/// <summary>What a backup holds.</summary>
/// <param name="CreatedAt">The moment whose state it holds (UTC).</param>
/// <param name="ProgramVersion">The program that made it.</param>
/// <param name="SchemaVersion">The catalogue's schema.</param>
/// <param name="Files">Its files.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="KeyIds">The hub's keys that are needed to use it.</param>
public sealed record BackupSummary(DateTimeOffset CreatedAt, string ProgramVersion, long SchemaVersion, int Files, long Bytes, IReadOnlyList<string> KeyIds)
{
    internal static BackupSummary Of(BackupManifest m) => new(m.CreatedAt, m.ProgramVersion, m.SchemaVersion, m.Files.Count, m.TotalBytes(), m.KeyIds);
}
