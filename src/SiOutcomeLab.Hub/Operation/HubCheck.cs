using SiOutcomeLab.Domain;
using SiOutcomeLab.Storage.Backup;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Hub.Operation;

/// <summary>
/// Looks a hub over, running or not, and changes nothing: options, key file, versions, every object that the catalogue names, the audit
/// log's chain, free space and certificates.
/// </summary>
public sealed class HubCheck
{
    private readonly HubOptions _options;
    private readonly TimeProvider _time;
    private readonly List<HubCheckItem> _items = [];

    private HubCheck(HubOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
    }

    /// <summary>Checks a hub.</summary>
    /// <param name="options">Its options, which are those of a hub that can start.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<HubCheckReport> RunAsync(
        HubOptions options, TimeProvider time, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        var check = new HubCheck(options, time);
        await check.RunAsync(progress, cancellationToken);
        return new HubCheckReport(check._items);
    }

    private async Task RunAsync(IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        Ok("configuration", new("Inställningarna går att använda.", "The options can be had."));
        _items.AddRange(CertificateCheck.Of(_options, _time));
        Disk();
        var ring = Keys();
        if (_options.IsShared)
        {
            await SharedAsync(ring, progress, cancellationToken);
            ring?.Dispose();
            return;
        }

        if (!File.Exists(Path.Combine(_options.DataFolder, "catalogue.db")))
        {
            Skip("catalogue", new("Det finns ingen data ännu.", "There are no data yet."));
            ring?.Dispose();
            return;
        }

        var condition = await DataCheck.RunAsync(_options.DataFolder, OperationProgress.From(progress), cancellationToken);
        var isReadable = Catalogue(condition);
        Lake(condition, isReadable);
        KeysOfData(condition, ring);
        ring?.Dispose();
        await AuditAsync(condition, cancellationToken);
    }

    private async Task SharedAsync(HubKeyRing? ring, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await using var catalogue = await HubStores.OpenCatalogueAsync(_options, _time, cancellationToken);
            Ok("catalogue", new("Katalogen svarar, och är av programmets version.", "The catalogue answers, and is of the program's version."));
            var lake = await HubStores.OpenLakeAsync(_options, _time, cancellationToken);
            using var opened = lake as IDisposable;
            var condition = await SharedData.CheckAsync(catalogue, lake, OperationProgress.From(progress), cancellationToken);
            Objects(condition);
            KeysOfData(condition, ring);
            await AuditAsync(catalogue, cancellationToken);
        }
        catch (Exception e) when (HubFailure.Of(e) is { } failure)
        {
            Fail("shared_data", failure.Kind, Words(e), e.Message);
        }
    }

    private void Disk()
    {
        var root = Path.GetFullPath(_options.DataFolder);
        while (!Directory.Exists(root) && Path.GetDirectoryName(root) is { } parent) root = parent;
        var free = new DriveInfo(root).AvailableFreeSpace;
        var (freeMb, wantedMb) = (free / 1_000_000, _options.Health.MinimumFreeBytes / 1_000_000);
        if (free < _options.Health.MinimumFreeBytes)
        {
            Fail("disk", HubFailureKind.CannotStart, new(
                $"Bara {freeMb} MB ledigt; hubben vill ha {wantedMb}. Gör plats.", $"Only {freeMb} MB free; the hub wants {wantedMb}. Make room."));
        }
        else if (free < _options.SpoolBytes)
        {
            Warn("disk", new(
                $"{freeMb} MB ledigt, mindre än spool_bytes: hubben kan ta emot mindre än den lovar.",
                $"{freeMb} MB free, less than spool_bytes: the hub can take less than it promises."));
        }
        else
        {
            Ok("disk", new($"{freeMb} MB ledigt.", $"{freeMb} MB free."));
        }
    }

    private HubKeyRing? Keys()
    {
        try
        {
            var ring = HubKeyRing.Load(_options.KeyPath(), _options.DataFolder);
            Ok("key_file", new($"{ring.KeyIds.Count} nyckel/nycklar, aktiv {ring.ActiveKeyId}.", $"{ring.KeyIds.Count} key(s), active {ring.ActiveKeyId}."));
            return ring;
        }
        catch (HubKeyException e)
        {
            Fail("key_file", HubFailureKind.KeyUnusable, Words(e), e.Message);
            return null;
        }
    }

    private bool Catalogue(DataCondition condition)
    {
        if (condition.CatalogueComplaint is { } complaint)
        {
            Fail("catalogue", HubFailureKind.DataDamaged, new(
                "Katalogen är skadad: återställ en säkerhetskopia.", "The catalogue is damaged: restore a backup."), complaint);
            return false;
        }

        Ok("catalogue", new("Katalogen är hel.", "The catalogue is whole."));
        Version("schema_version", (int?)condition.SchemaVersion, DataCheck.SchemaVersion, new("schema", "schema"));
        return true;
    }

    private void Lake(DataCondition condition, bool isReadable)
    {
        var lake = Path.Combine(Path.GetFullPath(_options.DataFolder), "lake");
        try
        {
            Version("lake_format", LakeFormat.Read(PhysicalDisk.Instance, lake), LakeFormat.Current, new("lakeformat", "lake format"));
        }
        catch (LakeFormatException e)
        {
            Fail("lake_format", HubFailureKind.DataDamaged, new("Lakens format går inte att läsa.", "The lake's format cannot be told."), e.Message);
        }

        if (!isReadable)
        {
            Skip("lake_objects", new("Katalogen säger inte vilka objekt som ska finnas.", "The catalogue does not tell which objects there should be."));
            return;
        }

        Objects(condition);
    }

    private void Objects(DataCondition condition)
    {
        var (missing, damaged) = (condition.Missing.Count, condition.Damaged.Count);
        if (missing + damaged > 0)
        {
            Fail(
                "lake_objects",
                HubFailureKind.DataDamaged,
                new(
                    $"Av {condition.Objects} objekt saknas {missing} och är {damaged} skadade: hämta dem ur en säkerhetskopia.",
                    $"Of {condition.Objects} objects {missing} are missing and {damaged} damaged: fetch them from a backup."),
                [.. condition.Missing, .. condition.Damaged]);
            return;
        }

        Ok("lake_objects", new(
            $"{condition.Objects} objekt med rätt kontrollsumma; {condition.Unnamed} som inget pekar på.",
            $"{condition.Objects} objects with the right hash; {condition.Unnamed} that nothing names."));
    }

    private void KeysOfData(DataCondition condition, HubKeyRing? ring)
    {
        if (ring is null)
        {
            Skip("keys_of_data", new("Nyckelfilen gick inte att läsa.", "The key file could not be read."));
            return;
        }

        string[] missing = [.. condition.KeyIds.Where(id => !ring.KeyIds.Contains(id))];
        if (missing.Length > 0)
        {
            Fail("keys_of_data", HubFailureKind.KeyUnusable, new(
                "Nyckelfilen hör inte till dessa data: nycklar saknas.", "The key file does not belong to these data: keys are missing."), missing);
            return;
        }

        Ok("keys_of_data", new("Nyckelfilen har de nycklar som data behöver.", "The key file has the keys that the data need."));
    }

    private async Task AuditAsync(DataCondition condition, CancellationToken cancellationToken)
    {
        if (condition.SchemaVersion != DataCheck.SchemaVersion)
        {
            Skip("audit_log", new("Katalogen är från en annan version.", "The catalogue is of another version."));
            return;
        }

        await using var catalogue = await HubStores.OpenCatalogueAsync(_options, _time, cancellationToken);
        await AuditAsync(catalogue, cancellationToken);
    }

    private async Task AuditAsync(ICatalogue catalogue, CancellationToken cancellationToken)
    {
        var verdict = await catalogue.Audit.VerifyAsync(null, cancellationToken);
        if (verdict.Break is { } broken)
        {
            Fail("audit_log", HubFailureKind.DataDamaged, new(
                $"Revisionsloggens kedja håller inte vid post {broken.Sequence}.", $"The audit log's chain does not hold at entry {broken.Sequence}."), broken.Kind.ToString());
            return;
        }

        Ok("audit_log", new($"{verdict.Checked} poster i obruten kedja.", $"{verdict.Checked} entries in an unbroken chain."));
    }

    private void Version(string name, int? found, int wanted, BilingualText what)
    {
        if (found is null)
        {
            Skip(name, new($"Ingen {what.Sv} ännu.", $"No {what.En} yet."));
            return;
        }

        if (found == wanted)
        {
            Ok(name, new($"{what.Sv} {found}, som programmets.", $"{what.En} {found}, as the program's."));
            return;
        }

        Fail(name, HubFailureKind.OtherVersion, found < wanted
            ? new($"{what.Sv} {found}; programmet vill ha {wanted}: kör silab hub upgrade.", $"{what.En} {found}; the program wants {wanted}: run silab hub upgrade.")
            : new($"{what.Sv} {found} är nyare än programmets {wanted}: kör den nyare versionen.", $"{what.En} {found} is newer than the program's {wanted}: run the newer version."));
    }

    private static BilingualText Words(Exception e) =>
        HubFailure.Of(e) is { } failure ? new($"{failure.What.Sv} {failure.Remedy.Sv}", $"{failure.What.En} {failure.Remedy.En}") : new(e.Message, e.Message);

    private void Ok(string name, BilingualText text) => _items.Add(new HubCheckItem(name, HubCheckVerdict.Ok, null, text, []));

    private void Warn(string name, BilingualText text) => _items.Add(new HubCheckItem(name, HubCheckVerdict.Warning, null, text, []));

    private void Skip(string name, BilingualText text) => _items.Add(new HubCheckItem(name, HubCheckVerdict.Skipped, null, text, []));

    private void Fail(string name, HubFailureKind kind, BilingualText text, params string[] details) =>
        _items.Add(new HubCheckItem(name, HubCheckVerdict.Failed, kind, text, details));
}
