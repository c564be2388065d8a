using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Cli.Tests.Samples;

namespace SiOutcomeLab.Cli.Tests.Reading;

public sealed class FileLengthTests
{
    [Fact]
    public void Of_LinkToAFile_IsTheFiles()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows lets only some users make links.");
        using var folder = new TemporaryFolder();
        var (file, link) = (Path.Combine(folder.Path, "file"), Path.Combine(folder.Path, "link"));
        File.WriteAllBytes(file, new byte[1234]);
        File.CreateSymbolicLink(link, file);

        Assert.Equal(1234, FileLength.Of(file));
        Assert.Equal(1234, FileLength.Of(link));
        Assert.NotEqual(1234, new FileInfo(link).Length);
    }
}
