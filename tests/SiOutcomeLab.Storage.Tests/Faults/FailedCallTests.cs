using System.Security.Cryptography;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Spool;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>What a caller is told when the disk fails a call, and that the call can be made again.</summary>
public sealed class FailedCallTests
{
    private const int Limit = 180_000;

    private static readonly string Folder = Path.GetFullPath("/simulated");

    private readonly byte[] _bytes = SampleBytes.Random(150_000, seed: 37);
    private readonly byte[] _key = SampleBytes.Random(32, seed: 38);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Whichever operations fail, the error is one of two types, and when the disk works again all goes on without loss.</summary>
    [Fact(Timeout = Limit)]
    public async Task Spool_DiskFails_SaysSoAndGoesOnAfterReopening()
    {
        HashSet<Type> told = [];
        for (var seed = 0; seed < 60; seed++)
        {
            var disk = new SimulatedDisk(seed);
            var spool = new UploadSpool(disk, Folder, 1_000_000);
            await using (var file = spool.Create("a1", "observations", _key, 1_000_000))
            {
                await file.AppendAsync(0, _bytes.AsMemory(0, 50_000), Cancel);
                await file.FlushAsync(Cancel);
                disk.FaultsPerThousand = 500;
                told.Add((await Record.ExceptionAsync(async () =>
                {
                    while (file.Bytes < 140_000) await file.AppendAsync(file.Bytes, _bytes.AsMemory((int)file.Bytes, 10_000), Cancel);
                    await file.FlushAsync(Cancel);
                    await file.CompleteAsync(Cancel);
                }))?.GetType() ?? typeof(void));
                disk.FaultsPerThousand = 0;
                Assert.True(file.DurableBytes is 50_000 or 140_000);
            }

            await using var again = await spool.ReopenAsync("a1", "observations", _key, 1_000_000, Cancel);
            Assert.InRange(again.DurableBytes, 50_000, 140_000);
            using (var onDisk = disk.TryOpen(Path.Combine(Folder, "a1.observations.spool"), DiskOpen.Read)!) Assert.Equal(onDisk.Length, spool.UsedBytes);
            Assert.True(await again.MatchesAsync(0, _bytes.AsMemory(0, (int)again.Bytes), Cancel));
            await again.AppendAsync(again.Bytes, _bytes.AsMemory((int)again.Bytes), Cancel);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_bytes)), (await again.CompleteAsync(Cancel)).Sha256);
        }

        Assert.Equal(["SpoolFullException", "StorageUnavailableException", "Void"], told.Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = Limit)]
    public async Task Spool_AfterAFailedCall_RefusesEveryFurtherOne()
    {
        var disk = new SimulatedDisk(1);
        var spool = new UploadSpool(disk, Folder, 1_000_000);
        await using var file = spool.Create("a1", "observations", _key, 1_000_000);
        await file.AppendAsync(0, _bytes, Cancel);
        disk.FaultsPerThousand = 1000;
        await Assert.ThrowsAnyAsync<Exception>(async () => await file.FlushAsync(Cancel));
        disk.FaultsPerThousand = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await file.AppendAsync(file.Bytes, new byte[1], Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await file.FlushAsync(Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await file.CompleteAsync(Cancel));
        Assert.Equal(0, file.DurableBytes);
        await file.DeleteAsync();
        Assert.Equal(0, spool.UsedBytes);
    }

    [Fact(Timeout = Limit)]
    public async Task Lake_DiskFails_SaysSoShowsNothingAndTakesItTheNextTime()
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(_bytes));
        HashSet<Type> told = [];
        for (var seed = 0; seed < 60; seed++)
        {
            var disk = new SimulatedDisk(seed);
            using var lake = new FolderLake(disk, Folder);
            disk.FaultsPerThousand = 300;
            var failed = await Record.ExceptionAsync(() => lake.PutAsync(sha256, new MemoryStream(_bytes), Cancel));
            disk.FaultsPerThousand = 0;
            if (failed is not null) told.Add(failed.GetType());

            var put = await lake.PutAsync(sha256, new MemoryStream(_bytes), Cancel);
            disk.Restart(powerLoss: true);
            using var after = new FolderLake(disk, Folder);
            await using var stream = await after.OpenReadAsync(put, Cancel);
            Assert.Equal(_bytes, await stream.ReadAllAsync(Cancel));
        }

        Assert.Equal([nameof(StorageFullException), nameof(StorageUnavailableException)], told.Select(t => t.Name).Order());
    }

    /// <summary>
    /// A flush fails, the process is killed before it can clear up, and the next one finds the right bytes in the system's cache: read well,
    /// flushed without an error, and still not on the disk. What is acknowledged then must have been written again.
    /// </summary>
    [Fact(Timeout = Limit)]
    public async Task Lake_FlushFailedAndProcessKilled_PutAgainIsOnTheDisk()
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(_bytes));
        for (var seed = 0; seed < 40; seed++)
        {
            var disk = new SimulatedDisk(seed);
            using (var lake = new FolderLake(disk, Folder))
            {
                disk.FailNext = FlushSite.LakeObject;
                await Assert.ThrowsAsync<MachineStoppedException>(() => lake.PutAsync(sha256, new MemoryStream(_bytes), Cancel));
            }

            disk.Restart(powerLoss: false);
            using var next = new FolderLake(disk, Folder);
            var put = await next.PutAsync(sha256, new MemoryStream(_bytes), Cancel);
            disk.Restart(powerLoss: true);
            using var after = new FolderLake(disk, Folder);
            await using var stream = await after.OpenReadAsync(put, Cancel);
            Assert.Equal(_bytes, await stream.ReadAllAsync(Cancel));
        }
    }

    /// <summary>The same for an upload, with bytes before it that are durable and must not be at stake.</summary>
    [Fact(Timeout = Limit)]
    public async Task Spool_FlushFailedAndProcessKilled_WhatIsToldDurableIsOnTheDisk()
    {
        var told = 0L;
        for (var seed = 0; seed < 40; seed++)
        {
            var disk = new SimulatedDisk(seed);
            var file = new UploadSpool(disk, Folder, 1_000_000).Create("a1", "observations", _key, 1_000_000);
            await file.AppendAsync(0, _bytes.AsMemory(0, 50_000), Cancel);
            await file.FlushAsync(Cancel);
            await file.AppendAsync(50_000, _bytes.AsMemory(50_000), Cancel);
            disk.FailNext = FlushSite.SpoolFile;
            await Assert.ThrowsAsync<StorageUnavailableException>(async () => await file.FlushAsync(Cancel));

            disk.StopAt = 0;
            disk.Restart(powerLoss: false);
            var next = await new UploadSpool(disk, Folder, 1_000_000).ReopenAsync("a1", "observations", _key, 1_000_000, Cancel);
            Assert.InRange(next.DurableBytes, 50_000, _bytes.Length);
            told = Math.Max(told, next.DurableBytes);
            disk.Restart(powerLoss: true);
            var after = await new UploadSpool(disk, Folder, 1_000_000).ReopenAsync("a1", "observations", _key, 1_000_000, Cancel);
            Assert.Equal(next.DurableBytes, after.DurableBytes);
            Assert.True(await after.MatchesAsync(0, _bytes.AsMemory(0, (int)after.Bytes), Cancel));
        }

        Assert.Equal(_bytes.Length, told);
    }
}
