using SiOutcomeLab.Storage.Tests.Crash;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests;

public sealed class DataFolderTests : IDisposable
{
    private const int Limit = 180_000;

    private readonly TemporaryFolder _parent = new();

    private string Path => _parent.File("hub/data");

    public void Dispose() => _parent.Dispose();

    [Fact]
    public void Open_New_HasItsPlaces()
    {
        using var folder = DataFolder.Open(Path);

        Assert.Equal(Path, folder.Path);
        Assert.True(Directory.Exists(folder.LakePath));
        Assert.True(Directory.Exists(folder.SpoolPath));
        Assert.Equal(System.IO.Path.Combine(Path, "catalogue.db"), folder.CataloguePath);
        Assert.Equal(System.IO.Path.Combine(Path, "scheduler.db"), folder.SchedulerPath);
    }

    [Fact]
    public void Open_New_IsReadableByItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows folders have no Unix rights.");
            return;
        }

        using var folder = DataFolder.Open(Path);

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var place in (string[])[folder.Path, folder.LakePath, folder.SpoolPath]) Assert.Equal(Owner, File.GetUnixFileMode(place));
    }

    [Fact]
    public void Open_HeldByThisProcess_IsRefusedByName()
    {
        using var held = DataFolder.Open(Path);

        var refused = Assert.Throws<DataFolderInUseException>(() => DataFolder.Open(Path));

        Assert.Equal(Path, refused.Path);
        Assert.Equal(Environment.ProcessId, refused.ProcessId);
    }

    [Fact]
    public void Open_AfterDispose_IsTaken()
    {
        DataFolder.Open(Path).Dispose();

        using var again = DataFolder.Open(Path);

        Assert.Equal(Path, again.Path);
    }

    [Fact(Timeout = Limit)]
    public async Task Open_HeldByAnotherProcess_IsRefusedUntilThatIsKilled()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var other = CommittingProcess.Start(Path);
        try
        {
            Assert.NotNull(await other.StandardOutput.ReadLineAsync(cancel));

            var refused = Assert.Throws<DataFolderInUseException>(() => DataFolder.Open(Path));
            Assert.Equal(other.Id, refused.ProcessId);
            Assert.Contains($"process {other.Id}", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            other.Kill();
            await other.WaitForExitAsync(cancel);
        }

        using var taken = DataFolder.Open(Path);
        Assert.Equal(Path, taken.Path);
    }

    [Fact]
    public void Open_WhereAFileIs_IsAnError()
    {
        Directory.CreateDirectory(_parent.File("hub"));
        File.WriteAllText(Path, "a file");

        Assert.ThrowsAny<IOException>(() => DataFolder.Open(Path));
    }
}
