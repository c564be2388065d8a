using System.Security.Cryptography;
using SiOutcomeLab.Storage.Spool;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Spool;

public sealed class UploadSpoolTests : IDisposable
{
    private const int Limit = 60_000;
    private const long Capacity = 10_000;

    private readonly TemporaryFolder _folder = new();
    private readonly UploadSpool _spool;

    public UploadSpoolTests() => _spool = new UploadSpool(_folder.Path, Capacity);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = Limit)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(5_000, 7)]
    [InlineData(9_999, 4_096)]
    public async Task Complete_AfterChunks_GivesBytesHashAndLength(int length, int chunk)
    {
        var bytes = new byte[length];
        new Random(3).NextBytes(bytes);
        await using var file = _spool.Create(Capacity);
        for (var at = 0; at < length; at += chunk) await file.WriteAsync(bytes.AsMemory(at, Math.Min(chunk, length - at)), Cancel);

        var upload = await file.CompleteAsync(Cancel);

        using var copy = new MemoryStream();
        await upload.Content.CopyToAsync(copy, Cancel);
        Assert.Equal(bytes, copy.ToArray());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), upload.Sha256);
        Assert.Equal(length, upload.Bytes);
        Assert.True(upload.Content.CanSeek);
        Assert.False(upload.Content.CanWrite);
        Assert.Same(upload, await file.CompleteAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Write_MoreThanTheUploadMayHave_IsRefusedWhole()
    {
        await using var file = _spool.Create(100);
        await file.WriteAsync(new byte[60], Cancel);

        var refused = await Assert.ThrowsAsync<UploadTooLargeException>(async () => await file.WriteAsync(new byte[41], Cancel));

        Assert.Equal(100, refused.MaximumBytes);
        Assert.Equal(60, file.Bytes);
        Assert.Equal(60, _spool.UsedBytes);
        await file.WriteAsync(new byte[40], Cancel);
        Assert.Equal(100, (await file.CompleteAsync(Cancel)).Bytes);
    }

    [Fact(Timeout = Limit)]
    public async Task Write_MoreThanAllUploadsMayTake_IsRefusedUntilOthersEnd()
    {
        var first = _spool.Create(Capacity);
        await first.WriteAsync(new byte[9_000], Cancel);
        await using var second = _spool.Create(Capacity);

        var refused = await Assert.ThrowsAsync<SpoolFullException>(async () => await second.WriteAsync(new byte[1_001], Cancel));
        Assert.Equal(Capacity, refused.CapacityBytes);
        Assert.Equal(9_000, _spool.UsedBytes);

        await first.DisposeAsync();
        await second.WriteAsync(new byte[1_001], Cancel);
        Assert.Equal(1_001, _spool.UsedBytes);
    }

    [Fact(Timeout = Limit)]
    public async Task Write_AfterComplete_IsMisuse()
    {
        await using var file = _spool.Create(100);
        await file.CompleteAsync(Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await file.WriteAsync(new byte[1], Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Dispose_CompletedOrNot_LeavesNoFileAndNoClaim()
    {
        var completed = _spool.Create(100);
        await completed.WriteAsync(new byte[10], Cancel);
        var upload = await completed.CompleteAsync(Cancel);
        var abandoned = _spool.Create(100);
        await abandoned.WriteAsync(new byte[10], Cancel);

        await completed.DisposeAsync();
        await completed.DisposeAsync();
        await abandoned.DisposeAsync();

        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Equal(0, _spool.UsedBytes);
        Assert.False(upload.Content.CanRead);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await abandoned.WriteAsync(new byte[1], Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Open_AfterACrash_ClearsWhatWasLeft()
    {
        await File.WriteAllTextAsync(_folder.File("0123.upload"), "left by a killed process", Cancel);
        await File.WriteAllTextAsync(_folder.File("note.txt"), "somebody's", Cancel);

        var spool = new UploadSpool(_folder.Path, Capacity);

        Assert.Equal([_folder.File("note.txt")], Directory.GetFiles(_folder.Path));
        Assert.Equal(0, spool.UsedBytes);
    }

    [Fact(Timeout = Limit)]
    public async Task Write_ManyUploadsAtOnce_FillTheCapacityAndNoMore()
    {
        var files = Enumerable.Range(0, 16).Select(_ => _spool.Create(2 * Capacity)).ToArray();

        var refused = await Task.WhenAll(files.Select(file => Task.Run(() => WriteUntilFullAsync(file), Cancel)));

        Assert.All(refused, Assert.True);
        Assert.Equal(Capacity, files.Sum(f => f.Bytes));
        Assert.Equal(Capacity, Directory.GetFiles(_folder.Path).Sum(f => new FileInfo(f).Length));
        foreach (var file in files) await file.DisposeAsync();
        Assert.Equal(0, _spool.UsedBytes);
    }

    private static async Task<bool> WriteUntilFullAsync(SpoolFile file)
    {
        for (var i = 0; i < 200; i++)
        {
            try
            {
                await file.WriteAsync(new byte[100], Cancel);
            }
            catch (SpoolFullException)
            {
                return true;
            }
        }

        return false;
    }
}
