using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Lake;

public sealed class FolderLakeTests : LakeContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderLake _lake;

    public FolderLakeTests() => _lake = new FolderLake(_folder.Path, Time);

    private protected override ILake Lake => _lake;

    public void Dispose()
    {
        _lake.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Limit)]
    public async Task Put_Object_IsAtItsFinalNameAlone()
    {
        var put = await PutAsync(Bytes("content"));

        var file = Assert.Single(Directory.GetFiles(_folder.File("objects"), "*", SearchOption.AllDirectories));
        Assert.Equal(PathOf(put.Sha256), file);
    }

    /// <summary>What a crash may leave: any prefix, the right length with wrong bytes (unwritten blocks), or too much.</summary>
    [Theory(Timeout = Limit)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(299_999, false)]
    [InlineData(300_000, true)]
    [InlineData(300_001, false)]
    public async Task Put_OverWhatACrashLeft_ReplacesIt(int leftBytes, bool zeroed)
    {
        var bytes = new byte[300_000];
        new Random(17).NextBytes(bytes);
        var named = new LakeObject(Hash(bytes), bytes.Length);
        var left = new byte[leftBytes];
        if (!zeroed) bytes.AsSpan(0, Math.Min(leftBytes, bytes.Length)).CopyTo(left);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(named.Sha256))!);
        await File.WriteAllBytesAsync(PathOf(named.Sha256), left, Cancel);
        if (!zeroed) await Assert.ThrowsAsync<LakeObjectDamagedException>(() => Lake.OpenReadAsync(named, Cancel));

        Assert.Equal(named, await PutAsync(bytes));

        Assert.Equal(bytes, await ReadAsync(named));
    }

    [Fact(Timeout = Limit)]
    public async Task Put_OverADamagedObjectBeingRead_LeavesTheReaderItsFile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows deletes a file's name only when its last reader has closed it.");
        var put = await PutAsync(Bytes("content"));
        await File.WriteAllTextAsync(PathOf(put.Sha256), "cOntent", Cancel);
        await using var reading = await Lake.OpenReadAsync(put, Cancel);

        await PutAsync(Bytes("content"));

        using var reader = new StreamReader(reading);
        Assert.Equal("cOntent", await reader.ReadToEndAsync(Cancel));
        Assert.Equal(Bytes("content"), await ReadAsync(put));
    }

    [Fact(Timeout = Limit)]
    public async Task Put_Object_IsReadableByItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows files have no Unix rights.");
            return;
        }

        var put = await PutAsync(Bytes("content"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf(put.Sha256)));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(PathOf(put.Sha256))!));
    }

    [Fact(Timeout = Limit)]
    public async Task Sweep_ForeignFile_IsLeftAlone()
    {
        var foreign = Path.Combine(_folder.Path, "objects", "ab", "README");
        Directory.CreateDirectory(Path.GetDirectoryName(foreign)!);
        await File.WriteAllTextAsync(foreign, "not an object", Cancel);

        Assert.Equal(0, await Lake.SweepAsync(new HashSet<string>(), DateTimeOffset.MaxValue, Cancel));
        Assert.True(File.Exists(foreign));
    }

    /// <summary>An object that is put while sweeps run is there when the put has returned: else a commit could name what is gone.</summary>
    [Fact(Timeout = Limit)]
    public async Task Put_WhileSweepsRun_IsThereWhenItReturns()
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sweeping = Task.Run(
            async () =>
            {
                while (!ended.IsCancellationRequested) await Lake.SweepAsync(new HashSet<string>(), Start.AddHours(1), Cancel);
            },
            Cancel);
        var orphan = Bytes("orphan");
        for (var i = 0; i < 200; i++)
        {
            Time.Now = Start;
            await PutAsync(orphan);
            Time.Now = Start.AddHours(2);
            var put = await PutAsync(orphan);
            Assert.Equal(orphan, await ReadAsync(put));
        }

        await ended.CancelAsync();
        await sweeping;
    }

    private string PathOf(string sha256) => Path.Combine(_folder.Path, "objects", sha256[..2], sha256[2..]);
}
