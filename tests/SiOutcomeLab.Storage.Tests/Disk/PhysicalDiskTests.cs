using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Disk;

public sealed class PhysicalDiskTests : IDisposable
{
    private static readonly PhysicalDisk Real = PhysicalDisk.Instance;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_ThereOrNot_TellsWithoutAnException()
    {
        var path = _folder.File("a");

        Assert.Null(Real.TryOpen(path, DiskOpen.Read));
        Assert.Null(Real.TryOpen(path, DiskOpen.Change));
        Assert.Null(Real.TryOpen(_folder.File("no/such/folder"), DiskOpen.Read));
        using var made = Real.TryOpen(path, DiskOpen.Create);
        Assert.NotNull(made);
        Assert.Null(Real.TryOpen(path, DiskOpen.Create));
        Assert.True(Real.Delete(path));
        Assert.False(Real.Delete(path));
    }

    [Fact]
    public void File_WrittenInPieces_ReadsBack()
    {
        var bytes = SampleBytes.Random(10_000, seed: 31);
        using var file = Real.TryOpen(_folder.File("a"), DiskOpen.Create)!;
        file.Write(4_000, bytes.AsSpan(4_000));
        file.Write(0, bytes.AsSpan(0, 4_000));
        file.Truncate(9_000);
        var time = new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
        file.SetChanged(time);
        file.Flush(FlushSite.LakeObject);

        using var again = Real.TryOpen(_folder.File("a"), DiskOpen.Read)!;
        var buffer = new byte[10_000];
        Assert.Equal((9_000L, time), (again.Length, again.Changed));
        Assert.Equal(8_999, again.Read(1, buffer));
        Assert.True(bytes.AsSpan(1, 8_999).SequenceEqual(buffer.AsSpan(0, 8_999)));
        Assert.Equal(0, again.Read(9_000, buffer));
    }

    [Fact]
    public void List_FilesAndFolders_AreToldApartInOrder()
    {
        foreach (var name in (string[])["b", "a", "c"]) Real.TryOpen(_folder.File(name), DiskOpen.Create)!.Dispose();
        Assert.True(Real.CreateFolder(_folder.File("z")));
        Assert.False(Real.CreateFolder(_folder.File("z")));

        Assert.Equal(["a", "b", "c"], Real.List(_folder.Path, DiskEntries.Files));
        Assert.Equal(["z"], Real.List(_folder.Path, DiskEntries.Folders));
    }

    [Fact]
    public void Write_ReallyFullDevice_IsAFullDisk()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full, the device that is always full, is Linux's.");
        using var file = Real.TryOpen("/dev/full", DiskOpen.Change)!;

        var full = Assert.Throws<StorageFullException>(() => file.Write(0, new byte[10]));

        Assert.Equal("/dev/full", full.Path);
        Assert.Contains("no room", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Anything_WhereAFileIsTakenForAFolder_IsATypedError()
    {
        Real.TryOpen(_folder.File("file"), DiskOpen.Create)!.Dispose();
        var below = _folder.File("file/below");

        foreach (var attempt in (Action[])
            [
                () => Real.TryOpen(below, DiskOpen.Create), () => Real.CreateFolder(below), () => Real.List(_folder.File("file"), DiskEntries.Files),
                () => Real.FlushFolder(_folder.File("nothing"), FlushSite.LakeFolders), () => Real.TryOpen(_folder.Path, DiskOpen.Change),
            ])
        {
            var failed = Assert.ThrowsAny<StorageUnavailableException>(attempt);
            Assert.IsNotType<StorageFullException>(failed);
        }
    }
}
