using System.Security.Cryptography;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Spool;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Spool;

public sealed class UploadSpoolTests : IDisposable
{
    private const int Limit = 180_000;
    private const long Capacity = 1_000_000;
    private const string Part = "observations";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly byte[] _key = SampleBytes.Random(32, seed: 99);
    private readonly TemporaryFolder _folder = new();
    private readonly SettableTime _time = new(Start);
    private readonly UploadSpool _spool;

    public UploadSpoolTests() => _spool = NewSpool();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = Limit)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(5_000, 7)]
    [InlineData(65_536, 65_536)]
    [InlineData(65_537, 4_096)]
    [InlineData(300_000, 131_071)]
    public async Task Complete_AfterChunks_GivesBytesHashAndLength(int length, int chunk)
    {
        var bytes = SampleBytes.Random(length, seed: 3);
        await using var file = Create("a1");
        await file.AppendAllAsync(bytes, chunk, Cancel);

        var upload = await file.CompleteAsync(Cancel);

        await using var stream = upload.OpenRead();
        Assert.Equal(bytes, await stream.ReadAllAsync(Cancel));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), upload.Sha256);
        Assert.Equal((length, length), (upload.Bytes, file.DurableBytes));
        Assert.Same(upload, await file.CompleteAsync(Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await file.AppendAsync(length, new byte[1], Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task OpenRead_AnyOffsetAndLength_GivesTheSameBytes()
    {
        var bytes = SampleBytes.Random(200_000, seed: 5);
        await using var file = Create("a1");

        // Flushes in mid frame, so that frames of many lengths stand beside each other.
        foreach (var piece in (int[])[1, 70_000, 3, 65_536, 12_345, 52_115])
        {
            await file.AppendAsync(file.Bytes, bytes.AsMemory((int)file.Bytes, piece), Cancel);
            await file.FlushAsync(Cancel);
        }

        var upload = await file.CompleteAsync(Cancel);
        await using var stream = upload.OpenRead();
        await using var another = upload.OpenRead();
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var at = random.Next(bytes.Length + 1);
            var buffer = new byte[random.Next(100_000)];
            stream.Seek(at, SeekOrigin.Begin);
            var read = stream.Read(buffer);
            Assert.Equal(Math.Min(buffer.Length, bytes.Length - at), read);
            Assert.True(bytes.AsSpan(at, read).SequenceEqual(buffer.AsSpan(0, read)));
        }

        Assert.Equal(bytes, await another.ReadAllAsync(Cancel));
        Assert.Equal(bytes.Length, stream.Length);
        Assert.True(stream.CanSeek);
        Assert.False(stream.CanWrite);
    }

    [Fact(Timeout = Limit)]
    public async Task Append_ElsewhereThanAtTheEnd_IsMisuse()
    {
        await using var file = Create("a1");
        await file.AppendAsync(0, new byte[10], Cancel);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await file.AppendAsync(9, new byte[1], Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await file.AppendAsync(11, new byte[1], Cancel));
        Assert.Equal(10, file.Bytes);
    }

    [Fact(Timeout = Limit)]
    public async Task Append_MoreThanTheUploadMayHave_IsRefusedWhole()
    {
        await using var file = _spool.Create("a1", Part, _key, 100);
        await file.AppendAsync(0, new byte[60], Cancel);

        var refused = await Assert.ThrowsAsync<UploadTooLargeException>(async () => await file.AppendAsync(60, new byte[41], Cancel));

        Assert.Equal((100, 60), (refused.MaximumBytes, file.Bytes));
        await file.AppendAsync(60, new byte[40], Cancel);
        Assert.Equal(100, (await file.CompleteAsync(Cancel)).Bytes);
    }

    [Fact(Timeout = Limit)]
    public async Task Append_MoreThanAllUploadsMayTake_IsRefusedUntilOthersEnd()
    {
        var first = Create("a1");
        await first.AppendAsync(0, new byte[900_000], Cancel);
        await using var second = Create("a2");

        var refused = await Assert.ThrowsAsync<SpoolFullException>(async () => await second.AppendAsync(0, new byte[100_001], Cancel));
        Assert.Equal((Capacity, 0), (refused.CapacityBytes, second.Bytes));

        await first.DeleteAsync();
        await second.AppendAsync(0, new byte[100_001], Cancel);
    }

    [Fact(Timeout = Limit)]
    public async Task UsedBytes_WhateverIsWritten_IsWhatIsOnDisk()
    {
        var random = new Random(11);
        await using var first = Create("a1");
        await using var second = Create("a2");
        foreach (var file in (SpoolFile[])[first, second, first, second, first])
        {
            await file.AppendAsync(file.Bytes, new byte[random.Next(1, 150_000)], Cancel);
            if (random.Next(2) == 0) await file.FlushAsync(Cancel);
        }

        await first.FlushAsync(Cancel);
        await second.FlushAsync(Cancel);

        var onDisk = Directory.GetFiles(_folder.Path).Sum(f => new FileInfo(f).Length);
        Assert.Equal(onDisk, _spool.UsedBytes);
        Assert.Equal(onDisk, NewSpool().UsedBytes);
    }

    [Fact(Timeout = Limit)]
    public async Task Append_ManyUploadsAtOnce_FillTheCapacityAndNoMore()
    {
        var files = Enumerable.Range(0, 16).Select(i => Create($"a{i}")).ToArray();

        var refused = await Task.WhenAll(files.Select(file => Task.Run(() => AppendUntilFullAsync(file), Cancel)));

        Assert.All(refused, Assert.True);
        Assert.InRange(_spool.UsedBytes, Capacity - 10_039, Capacity);
        foreach (var file in files) await file.DeleteAsync();
        Assert.Equal(0, _spool.UsedBytes);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact(Timeout = Limit)]
    public async Task OnDisk_Anything_IsNotThePlainBytesAndIsPrivate()
    {
        var marked = new byte[150_000];
        "PLAINMARK"u8.CopyTo(marked.AsSpan(70_000));
        await using var file = Create("a1");
        await file.AppendAllAsync(marked, 10_000, Cancel);
        await file.CompleteAsync(Cancel);

        var path = Assert.Single(Directory.GetFiles(_folder.Path));
        var onDisk = await File.ReadAllBytesAsync(path, Cancel);

        Assert.Equal(-1, onDisk.AsSpan().IndexOf("PLAINMARK"u8));
        Assert.Equal(-1, onDisk.AsSpan().IndexOf(new byte[16]));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenRead_ChangedOrMovedBytes_IsATypedError(bool moved)
    {
        await using var file = Create("a1");
        await file.AppendAsync(0, new byte[200_000], Cancel);
        var upload = await file.CompleteAsync(Cancel);
        var path = Assert.Single(Directory.GetFiles(_folder.Path));
        var onDisk = await File.ReadAllBytesAsync(path, Cancel);
        if (moved)
        {
            // The second frame, whole and well, in the place of the third.
            onDisk.AsSpan(36 + 65_576, 65_576).CopyTo(onDisk.AsSpan(36 + (2 * 65_576)));
        }
        else
        {
            onDisk[36 + (2 * 65_576) + 1_000] ^= 1;
        }

        await using (var raw = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) await raw.WriteAsync(onDisk, Cancel);
        await using var stream = upload.OpenRead();

        var damaged = await Assert.ThrowsAsync<SpoolDamagedException>(() => stream.ReadAllAsync(Cancel));

        Assert.Equal(("a1", Part, 131_072), (damaged.UploadId, damaged.Part, damaged.Offset));
    }

    [Theory(Timeout = Limit)]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(65_530)]
    [InlineData(140_000)]
    public async Task Matches_Overlap_ComparesEveryByte(int offset)
    {
        var bytes = SampleBytes.Random(150_000, seed: 13);
        await using var file = Create("a1");
        await file.AppendAsync(0, bytes.AsMemory(0, 70_000), Cancel);
        await file.FlushAsync(Cancel);
        await file.AppendAsync(70_000, bytes.AsMemory(70_000), Cancel);

        Assert.True(await file.MatchesAsync(offset, bytes.AsMemory(offset), Cancel));
        foreach (var wrongAt in (int[])[offset, 149_999, (offset + 150_000) / 2])
        {
            var other = bytes[offset..];
            other[wrongAt - offset] ^= 1;
            Assert.False(await file.MatchesAsync(offset, other, Cancel));
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await file.MatchesAsync(offset, new byte[150_001 - offset], Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Flush_TooOftenInMidFrame_EndsAtTheLastFullFrameUntilCompletion()
    {
        var spool = new UploadSpool(PhysicalDisk.Instance, _folder.File("own"), Capacity) { MaximumShortFrames = 10 };
        var bytes = SampleBytes.Random(70_000, seed: 29);
        await using var file = spool.Create("a1", Part, _key, Capacity);
        for (var i = 0; i < 10; i++)
        {
            await file.AppendAsync(i, bytes.AsMemory(i, 1), Cancel);
            Assert.Equal(i + 1, await file.FlushAsync(Cancel));
        }

        await file.AppendAsync(10, bytes.AsMemory(10, 100), Cancel);
        Assert.Equal(10, await file.FlushAsync(Cancel));
        await file.AppendAsync(110, bytes.AsMemory(110), Cancel);
        Assert.Equal(10 + 65_536, await file.FlushAsync(Cancel));

        var upload = await file.CompleteAsync(Cancel);
        Assert.Equal((70_000, 70_000), (upload.Bytes, file.DurableBytes));
        await using var stream = upload.OpenRead();
        Assert.Equal(bytes, await stream.ReadAllAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Create_ThereAlready_IsMisuse()
    {
        await using var file = Create("a1");

        Assert.Throws<InvalidOperationException>(() => Create("a1"));
    }

    [Theory(Timeout = Limit)]
    [InlineData("")]
    [InlineData("../a")]
    [InlineData("a.b")]
    [InlineData("A")]
    public async Task Create_NameThatIsNoWord_IsMisuse(string word)
    {
        Assert.Throws<ArgumentException>(() => _spool.Create(word, Part, _key, 1));
        Assert.Throws<ArgumentException>(() => _spool.Create("a1", word, _key, 1));
        await Assert.ThrowsAsync<ArgumentException>(() => _spool.ReopenAsync(word, Part, _key, 1, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Delete_UploadHeldOrNot_LeavesNothing()
    {
        await using var held = Create("a1");
        await held.AppendAsync(0, new byte[10], Cancel);
        await (await _spool.ReopenAsync("a1", "participations", _key, Capacity, Cancel)).DisposeAsync();
        await using var other = Create("a2");

        await _spool.DeleteAsync("a1", Cancel);
        await _spool.DeleteAsync("a1", Cancel);

        Assert.Equal(["a2"], _spool.Uploads());
        Assert.Equal(36, _spool.UsedBytes);
        await Assert.ThrowsAsync<SpoolFileTakenException>(async () => await held.AppendAsync(10, new byte[1], Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task DurableBytes_HeldLeftOrNoFile_AreToldAndTheHolderKeepsIt()
    {
        Assert.Equal(0, await _spool.DurableBytesAsync("a1", Part, _key, Cancel));
        Assert.Empty(_spool.Uploads());
        await using (var held = _spool.Create("a1", Part, _key, Capacity))
        {
            await held.AppendAsync(0, new byte[300], Cancel);
            await held.FlushAsync(Cancel);
            await held.AppendAsync(300, new byte[9], Cancel);

            Assert.Equal(300, await _spool.DurableBytesAsync("a1", Part, _key, Cancel));
            await held.AppendAsync(309, new byte[1], Cancel);
            await held.FlushAsync(Cancel);
        }

        Assert.Equal(310, await _spool.DurableBytesAsync("a1", Part, _key, Cancel));
        await using var again = await _spool.ReopenAsync("a1", Part, _key, Capacity, Cancel);
        Assert.Equal(310, again.Bytes);
    }

    [Fact(Timeout = Limit)]
    public async Task Sweep_OldUnknownAndUnheld_TakesThoseAlone()
    {
        await (await FlushedAsync("known")).DisposeAsync();
        await using var held = await FlushedAsync("held");
        await (await FlushedAsync("orphan")).DisposeAsync();
        await File.WriteAllTextAsync(_folder.File("note.txt"), "somebody's", Cancel);
        _time.Now = Start.AddHours(2);
        await (await FlushedAsync("young")).DisposeAsync();

        var swept = await _spool.SweepAsync(new HashSet<string> { "known" }, Start.AddHours(1), Cancel);

        Assert.Equal(1, swept);
        Assert.Equal(["held", "known", "young"], _spool.Uploads());
        Assert.True(File.Exists(_folder.File("note.txt")));
        await held.AppendAsync(10, new byte[5], Cancel);
        Assert.Equal(15, await held.FlushAsync(Cancel));
    }

    /// <summary>Uploads that begin and flush while sweeps run, all unknown to the catalogue, lose nothing.</summary>
    [Fact(Timeout = Limit)]
    public async Task Sweep_WhileUploadsArrive_TakesNoneOfThem()
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sweeping = Task.Run(
            async () =>
            {
                var swept = 0;
                while (!ended.IsCancellationRequested) swept += await _spool.SweepAsync(new HashSet<string>(), Start.AddHours(1), Cancel);
                return swept;
            },
            Cancel);
        _time.Now = Start.AddHours(2);
        for (var i = 0; i < 60; i++)
        {
            await (await FlushedAsync($"a{i}")).DisposeAsync();
            await using var again = await _spool.ReopenAsync($"a{i}", Part, _key, Capacity, Cancel);
            Assert.Equal(10, again.DurableBytes);
        }

        await ended.CancelAsync();
        Assert.Equal(0, await sweeping);
        Assert.Equal(60, _spool.Uploads().Count);
    }

    [Fact(Timeout = Limit)]
    public async Task Open_PlainFilesOfAnEarlierBuild_AreDeleted()
    {
        await File.WriteAllTextAsync(_folder.File("0123.upload"), "left by an older build", Cancel);
        await File.WriteAllTextAsync(_folder.File("note.txt"), "somebody's", Cancel);

        NewSpool();

        Assert.Equal([_folder.File("note.txt")], Directory.GetFiles(_folder.Path));
    }

    private UploadSpool NewSpool() => new(PhysicalDisk.Instance, _folder.Path, Capacity, _time);

    private SpoolFile Create(string id) => _spool.Create(id, Part, _key, 2 * Capacity);

    private async Task<SpoolFile> FlushedAsync(string id)
    {
        var file = Create(id);
        await file.AppendAsync(0, new byte[10], Cancel);
        await file.FlushAsync(Cancel);
        return file;
    }

    private static async Task<bool> AppendUntilFullAsync(SpoolFile file)
    {
        for (var i = 0; i < 200; i++)
        {
            try
            {
                await file.AppendAsync(file.Bytes, new byte[10_000], Cancel);
            }
            catch (SpoolFullException)
            {
                return true;
            }
        }

        return false;
    }
}
