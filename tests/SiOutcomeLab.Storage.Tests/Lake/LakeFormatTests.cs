using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Lake;

public sealed class LakeFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FormatFile => _folder.File("lake-format");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_NewLake_SaysItsFormat()
    {
        Assert.Null(LakeFormat.Read(PhysicalDisk.Instance, _folder.Path));

        new FolderLake(_folder.Path).Dispose();

        Assert.Equal("silab lake 2\n", File.ReadAllText(FormatFile));
        Assert.Equal(LakeFormat.Current, LakeFormat.Read(PhysicalDisk.Instance, _folder.Path));
        new FolderLake(_folder.Path).Dispose();
    }

    [Fact]
    public void Open_LakeOfTheFirstBuilds_SaysToUpgrade()
    {
        PutObject();

        var refused = Assert.Throws<LakeFormatException>(() => new FolderLake(_folder.Path));

        Assert.Equal((LakeFormatProblem.TooOld, 1), (refused.Problem, refused.Found));
        Assert.Contains("silab hub upgrade", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(FormatFile));
        LakeFormat.Write(PhysicalDisk.Instance, _folder.Path, LakeFormat.Current);
        new FolderLake(_folder.Path).Dispose();
    }

    [Fact]
    public void Open_LakeOfANewerBuild_SaysToStartThat()
    {
        File.WriteAllText(FormatFile, "silab lake 17\n");

        var refused = Assert.Throws<LakeFormatException>(() => new FolderLake(_folder.Path));

        Assert.Equal((LakeFormatProblem.TooNew, 17), (refused.Problem, refused.Found));
        Assert.Contains("newer build", refused.Message, StringComparison.Ordinal);
        Assert.Equal("silab lake 17\n", File.ReadAllText(FormatFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("silab lake ")]
    [InlineData("silab lake 2")]
    [InlineData("silab lake two\n")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void Open_FormatTorn_IsANewLakeOnlyWithoutObjects(string torn)
    {
        File.WriteAllText(FormatFile, torn);
        new FolderLake(_folder.Path).Dispose();
        Assert.Equal("silab lake 2\n", File.ReadAllText(FormatFile));

        PutObject();
        File.WriteAllText(FormatFile, torn);

        var refused = Assert.Throws<LakeFormatException>(() => new FolderLake(_folder.Path));
        Assert.Equal(LakeFormatProblem.Unreadable, refused.Problem);
    }

    private void PutObject()
    {
        Directory.CreateDirectory(_folder.File("objects/ab"));
        File.WriteAllText(_folder.File("objects/ab/" + new string('c', 62)), "an object");
    }
}
