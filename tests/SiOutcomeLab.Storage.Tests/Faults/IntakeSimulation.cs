using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Spool;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>
/// Several senders push at once through the real spool and the real lake on a <see cref="SimulatedDisk"/>: append and flush, cut and go on,
/// complete, store, commit, acknowledge, clear, and some erase. Whatever fails is tried again; when the machine stops it is started
/// again. At each start, and after a last power loss, what senders were told is held against what is there.
/// </summary>
internal sealed class IntakeSimulation : IDisposable
{
    private const int MaximumSteps = 20_000;

    private static readonly string Data = Path.GetFullPath("/simulated/data");
    private static readonly string LakePath = Path.Combine(Data, "lake");
    private static readonly string SpoolPath = Path.Combine(Data, "spool");

    private readonly SimulatedDisk _disk;
    private readonly Random _random;
    private readonly Tally _tally;
    private readonly ISimulationCatalogue _catalogue;
    private readonly SettableTime _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<Sender> _senders;
    private FolderLake? _lake;
    private UploadSpool? _spool;

    public IntakeSimulation(SimulatedDisk disk, ISimulationCatalogue catalogue, int seed, Tally tally)
    {
        _catalogue = catalogue;
        _disk = disk;
        _random = new Random(seed);
        _tally = tally;
        _senders = [.. Enumerable.Range(0, _random.Next(1, 5)).Select(NewSender)];

        // A sender whose bytes are another's: two rows, one object.
        if (_random.Next(2) == 0) _senders.Add(new Sender(_senders.Count, _senders[0].Content, willErase: false));
    }

    /// <summary>Called when the machine has stopped; says whether the power was lost, and may set the next stop.</summary>
    public required Func<bool> OnStop { get; init; }

    /// <summary>Operations until all senders had ended.</summary>
    public int WorkOperations { get; private set; }

    public void Dispose() => _lake?.Dispose();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var step = 0; _senders.Any(s => s.At != Sender.Stage.Ended); step++)
        {
            if (step == MaximumSteps) throw new InvalidOperationException("The senders do not get on.");
            await StepAsync(cancellationToken);
        }

        WorkOperations = _disk.Operations;
        _disk.StopAt = 0;
        _disk.FaultsPerThousand = 0;
        Stop(powerLoss: true);
        await StepAsync(cancellationToken);
        if (_lake is not null) await CheckSweptAsync(cancellationToken);
        _tally.Runs++;
        _tally.Operations += _disk.Operations;
        _tally.Faults += _disk.Faults;
        _tally.Acknowledged += _senders.Count(s => s.IsAcknowledged);
    }

    private Sender NewSender(int number)
    {
        int[] lengths = [0, 1, 600, 65_536, 66_000, 150_000];
        var length = lengths[_random.Next(lengths.Length)];
        return new Sender(number, [(byte)number, .. SampleBytes.Random(length, _random.Next())], willErase: number > 0 && _random.Next(2) == 0);
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            _time.Now += TimeSpan.FromMinutes(1);
            if (_lake is null || _spool is null)
            {
                await StartAsync(cancellationToken);
                return;
            }

            if (_random.Next(25) == 0) await SweepAsync(_lake, _spool, cancellationToken);
            List<Sender> active = [.. _senders.Where(s => s.At != Sender.Stage.Ended)];
            if (active.Count > 0) await StepAsync(active[_random.Next(active.Count)], _lake, _spool, cancellationToken);
        }
        catch (MachineStoppedException)
        {
            _tally.Stops++;
            Stop(OnStop());
        }
        catch (StorageUnavailableException)
        {
            // At the start, or while sweeping: tried again in a later step.
            return;
        }
    }

    private void Stop(bool powerLoss)
    {
        _disk.Restart(powerLoss);
        _lake?.Dispose();
        (_lake, _spool) = (null, null);
        foreach (var sender in _senders) Disconnect(sender);
        if (_random.Next(3) == 0) _time.Now += TimeSpan.FromDays(2);
    }

    private UploadSpool OpenSpool() => new(_disk, SpoolPath, 10_000_000, _time);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        DataFolder.Prepare(_disk, Data);
        await _catalogue.RestartAsync(cancellationToken);
        try
        {
            // In both orders: the flushes of one must not be what keeps the other.
            if (_random.Next(2) == 0) _spool = OpenSpool();
            _lake = new FolderLake(_disk, LakePath, _time);
            _spool ??= OpenSpool();
        }
        catch (LakeFormatException)
        {
            _tally.Unopenable++;
            foreach (var sender in _senders) sender.At = Sender.Stage.Ended;
            return;
        }

        var faults = _disk.FaultsPerThousand;
        _disk.FaultsPerThousand = 0;
        await CheckAsync(_lake, cancellationToken);
        _disk.FaultsPerThousand = faults;
    }

    private async Task StepAsync(Sender sender, FolderLake lake, UploadSpool spool, CancellationToken cancellationToken)
    {
        try
        {
            switch (sender.At)
            {
                case Sender.Stage.Sending:
                    await SendAsync(sender, spool, cancellationToken);
                    break;
                case Sender.Stage.Storing:
                    await StoreAsync(sender, lake, cancellationToken);
                    break;
                case Sender.Stage.Committing:
                    await _catalogue.CommitAsync(sender, sender.Stored!, cancellationToken);
                    sender.At = Sender.Stage.Clearing;

                    // The answer may be lost on its way: the sender then asks again, and finds itself committed.
                    if (_random.Next(4) == 0) (sender.File, sender.At) = (null, Sender.Stage.Sending);
                    else await HearAsync(sender, cancellationToken);
                    break;
                case Sender.Stage.Clearing:
                    await spool.DeleteAsync(sender.UploadId, cancellationToken);
                    sender.At = sender.WillErase ? Sender.Stage.Erasing : Sender.Stage.Ended;
                    break;
                default:
                    await _catalogue.WithdrawAsync(sender, cancellationToken);
                    await lake.EraseAsync(sender.Sha256, cancellationToken);
                    sender.IsToldErased = true;
                    sender.At = Sender.Stage.Ended;
                    break;
            }
        }
        catch (Exception e) when (e is StorageUnavailableException or SpoolFullException or SpoolDamagedException)
        {
            Disconnect(sender);
        }
    }

    private async Task SendAsync(Sender sender, UploadSpool spool, CancellationToken cancellationToken)
    {
        if (sender.File is not { } file)
        {
            if (await _catalogue.OpenUploadAsync(sender, cancellationToken) is not { } key)
            {
                await HearAsync(sender, cancellationToken);
                sender.At = Sender.Stage.Clearing;
                return;
            }

            file = await spool.ReopenAsync(sender.UploadId, "observations", key, 1_000_000, cancellationToken);
            sender.File = file;
            if (file.DurableBytes < sender.ToldDurable) _tally.Lost++;
            if (!await file.MatchesAsync(0, sender.Content.AsMemory(0, (int)file.Bytes), cancellationToken)) _tally.Altered++;
            sender.ToldDurable = file.DurableBytes;
            return;
        }

        var rest = sender.Content.Length - (int)file.Bytes;
        switch (_random.Next(6))
        {
            case 0:
                sender.ToldDurable = await file.FlushAsync(cancellationToken);
                break;
            case 1:
                await file.DisposeAsync();
                sender.File = null;
                break;
            default:
                var chunk = _random.Next(2) == 0 ? rest : _random.Next(rest + 1);
                await file.AppendAsync(file.Bytes, sender.Content.AsMemory((int)file.Bytes, chunk), cancellationToken);
                if (file.Bytes < sender.Content.Length) break;
                sender.ToldDurable = await file.FlushAsync(cancellationToken);
                sender.At = Sender.Stage.Storing;
                break;
        }
    }

    private async Task HearAsync(Sender sender, CancellationToken cancellationToken)
    {
        var receipt = await _catalogue.ReceiptAsync(sender, cancellationToken);
        if (receipt is null || (sender.Receipt is not null && sender.Receipt != receipt)) _tally.Altered++;
        sender.Receipt = receipt;
    }

    private async Task StoreAsync(Sender sender, FolderLake lake, CancellationToken cancellationToken)
    {
        var upload = await sender.File!.CompleteAsync(cancellationToken);
        if (upload.Sha256 != sender.Sha256) _tally.Altered++;
        await using var content = upload.OpenRead();
        sender.Stored = await lake.PutAsync(sender.Sha256, content, cancellationToken);
        sender.At = Sender.Stage.Committing;
    }

    /// <summary>The connection is gone: what the sender does next it begins from what the hub says is durable.</summary>
    private static void Disconnect(Sender sender)
    {
        sender.File = null;
        if (sender.At is Sender.Stage.Storing or Sender.Stage.Committing) sender.At = Sender.Stage.Sending;
    }

    private async Task SweepAsync(FolderLake lake, UploadSpool spool, CancellationToken cancellationToken)
    {
        var known = await _catalogue.OpenUploadsAsync(cancellationToken);
        await spool.SweepAsync(known, _time.Now.AddDays(-1), cancellationToken);
        await lake.SweepAsync(await _catalogue.NamedObjectsAsync(cancellationToken), _time.Now.AddDays(-1), cancellationToken);
    }

    private async Task CheckAsync(FolderLake lake, CancellationToken cancellationToken)
    {
        var all = await _catalogue.RowsAsync(cancellationToken);
        foreach (var sender in _senders)
        {
            var rows = all.Where(r => r.Sender == sender.Number).ToList();
            if (rows.Count > 1) _tally.Doubled++;
            if (rows.Count == 0 && sender is { IsAcknowledged: true, IsToldErased: false, At: not Sender.Stage.Erasing }) _tally.Lost++;
            if (sender.IsAcknowledged && rows.Count > 0 && await _catalogue.ReceiptAsync(sender, cancellationToken) != sender.Receipt) _tally.Altered++;
            if (rows.Count == 1) await CheckRowAsync(lake, sender, rows[0].Named, cancellationToken);
            if (sender.IsToldErased && await ReadAsync(lake, sender.Stored!, cancellationToken) is not null) _tally.Returned++;
        }
    }

    private async Task CheckRowAsync(FolderLake lake, Sender sender, LakeObject named, CancellationToken cancellationToken)
    {
        byte[]? found;
        try
        {
            found = await ReadAsync(lake, named, cancellationToken);
        }
        catch (LakeObjectDamagedException)
        {
            found = [];
        }

        if (found is not null && found.AsSpan().SequenceEqual(sender.Content)) return;
        if (!sender.IsAcknowledged) _tally.HalfVisible++;
        else if (found is null) _tally.Lost++;
        else _tally.Altered++;
    }

    /// <summary>What nobody names any more is gone when the sweeper has been, and nothing else.</summary>
    private async Task CheckSweptAsync(CancellationToken cancellationToken)
    {
        _time.Now += TimeSpan.FromDays(3);
        await SweepAsync(_lake!, _spool!, cancellationToken);
        Assert.Empty(_spool!.Uploads());
        Assert.Equal(0, _spool.UsedBytes);
        var objects = Path.Combine(LakePath, "objects");
        var left = _disk.List(objects, DiskEntries.Folders)
            .SelectMany(s => _disk.List(Path.Combine(objects, s), DiskEntries.Files).Select(f => s + f));
        Assert.Subset((await _catalogue.NamedObjectsAsync(cancellationToken)).ToHashSet(), left.ToHashSet());
    }

    private static async Task<byte[]?> ReadAsync(FolderLake lake, LakeObject named, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await lake.OpenReadAsync(named, cancellationToken);
            return await stream.ReadAllAsync(cancellationToken);
        }
        catch (LakeObjectMissingException)
        {
            return null;
        }
    }
}
