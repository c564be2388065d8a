using SiOutcomeLab.Hub.Operation;
using SiOutcomeLab.Pipelines.Scheduling;
using SiOutcomeLab.Storage;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Postgres;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Hub;

/// <summary>What a hub keeps things in, as its options say: all in the data folder, or catalogue and lake shared with other hubs.</summary>
internal sealed class HubStores : IAsyncDisposable
{
    private HubStores(ICatalogue catalogue, IMarkedLake lake, SchedulerStore scheduler, HubKeyRing keys) =>
        (Catalogue, Lake, Scheduler, Keys) = (catalogue, lake, scheduler, keys);

    public ICatalogue Catalogue { get; }

    public IMarkedLake Lake { get; }

    public SchedulerStore Scheduler { get; }

    public HubKeyRing Keys { get; }

    /// <summary>Opens everything for a hub that starts, and makes what is missing.</summary>
    /// <param name="options">The hub's options, without breaches.</param>
    /// <param name="folder">Its data folder, held.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<HubStores> OpenAsync(HubOptions options, DataFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        HubKeyRing? keys = null;
        ICatalogue? catalogue = null;
        IMarkedLake? lake = null;
        try
        {
            keys = HubKeySetUp.MakeForNewHub(options, folder, time);
            catalogue = await OpenCatalogueAsync(options, time, cancellationToken);
            keys ??= HubKeyRing.Load(options.KeyPath(), folder.Path);
            if (await new KeptSecrets(catalogue.Uploads, catalogue.Projects, keys).MissingKeyAsync(cancellationToken) is { } missing)
            {
                throw new HubKeyMissingException(missing, keys.KeyIds);
            }

            lake = await OpenLakeAsync(options, time, cancellationToken);
            if (options.IsShared) await LakeMark.RequireAsync(catalogue.Holds, lake, PlaceOf(options), cancellationToken);
            else await catalogue.Holds.ClearAsync(cancellationToken);
            return new HubStores(catalogue, lake, SchedulerOf(options, folder), keys);
        }
        catch
        {
            (lake as IDisposable)?.Dispose();
            if (catalogue is not null) await catalogue.DisposeAsync();
            keys?.Dispose();
            throw;
        }
    }

    /// <summary>Opens the catalogue alone, which must be of this build's schema.</summary>
    public static async Task<ICatalogue> OpenCatalogueAsync(HubOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        options.IsShared
            ? await PostgresCatalogue.OpenAsync(ConnectionOf(options), time, cancellationToken)
            : await SqliteCatalogue.OpenAsync(Path.Combine(Path.GetFullPath(options.DataFolder), "catalogue.db"), time, cancellationToken);

    /// <summary>Opens the lake alone.</summary>
    public static async Task<IMarkedLake> OpenLakeAsync(HubOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var lake = options.Lake;
        if (lake.Kind == LakeKind.Folder) return new FolderLake(PlaceOf(options), time);
        var (access, secret) = lake.Credentials() ?? throw new HubOptionsException([.. lake.Breaches(options.IsShared)]);
        var prefix = lake.Prefix.Length == 0 || lake.Prefix.EndsWith('/') ? lake.Prefix : lake.Prefix + "/";
        return await S3Lake.OpenAsync(new S3Place(lake.Endpoint!, lake.Bucket!, prefix, lake.Region, access, secret), time, cancellationToken);
    }

    /// <summary>How to reach the shared catalogue.</summary>
    public static PostgresConnection ConnectionOf(HubOptions options) =>
        options.Catalogue.Connection() ?? throw new HubOptionsException([.. options.Catalogue.Breaches()]);

    public async ValueTask DisposeAsync()
    {
        Keys.Dispose();
        (Lake as IDisposable)?.Dispose();
        await Catalogue.DisposeAsync();
    }

    private static string PlaceOf(HubOptions options) => options.Lake.Kind == LakeKind.S3
        ? options.Lake.Bucket!
        : options.Lake.Folder ?? Path.Combine(Path.GetFullPath(options.DataFolder), "lake");

    private static SchedulerStore SchedulerOf(HubOptions options, DataFolder folder) => options.IsShared
        ? new SchedulerStore.SharedPostgres(ConnectionOf(options).SchedulerSecret, options.Catalogue.CheckIn)
        : new SchedulerStore.SqliteFile(folder.SchedulerPath);
}
