using System.Text;
using System.Text.Json.Nodes;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Contract.Tests.Pseudonymising;

public sealed class ProjectKeyFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("silab-key-tests-");

    private string At(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    private string Written()
    {
        var path = At($"{Guid.NewGuid():n}.json");
        ProjectKeyFile.WriteNew(path, ProjectKey.Create(new ProjectId("prov"), new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.FromHours(2))));
        return path;
    }

    private static ProjectKeyFileFault FaultOf(string path) => Assert.Throws<ProjectKeyFileException>(() => ProjectKeyFile.Read(path)).Fault;

    [Fact]
    public void Read_WrittenKey_IsTheSame()
    {
        var key = ProjectKey.Create(new ProjectId("prov"), new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.FromHours(2)));
        ProjectKeyFile.WriteNew(At("k.json"), key);

        var read = ProjectKeyFile.Read(At("k.json"));

        Assert.Equal((key.Id, key.Project, key.Created), (read.Id, read.Project, read.Created));
        Assert.Equal(key.Bytes, read.Bytes);
        Assert.True(ProjectKeyFile.IsKeyFile(At("k.json")));
        Assert.Contains("\"created\": \"2026-05-06T05:08:09Z\"", File.ReadAllText(At("k.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteNew_OverAFile_IsRefusedAndLeavesIt()
    {
        var path = Written();
        var before = File.ReadAllBytes(path);

        var fault = Assert.Throws<ProjectKeyFileException>(() => ProjectKeyFile.WriteNew(path, ProjectKey.Create(new ProjectId("p"), default)));

        Assert.Equal(ProjectKeyFileFault.Exists, fault.Fault);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void Read_FileOpenToOthers_IsRefused(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no Unix permissions.");
        else
        {
            var path = Written();
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);

            Assert.Equal(ProjectKeyFileFault.OpenToOthers, FaultOf(path));
        }
    }

    [Fact]
    public void Read_LinkToAKey_JudgesTheFileBehindIt()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no Unix permissions.");
        }
        else
        {
            var path = Written();
            File.CreateSymbolicLink(At("link.json"), path);

            Assert.Equal(ProjectKeyFile.Read(path).Id, ProjectKeyFile.Read(At("link.json")).Id);

            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Equal(ProjectKeyFileFault.OpenToOthers, FaultOf(At("link.json")));
        }
    }

    [Fact]
    public void Read_MissingFile_SaysSo() => Assert.Equal(ProjectKeyFileFault.Missing, FaultOf(At("none")));

    [Theory]
    [InlineData("kind", "\"other\"", ProjectKeyFileFault.Malformed)]
    [InlineData("project", "\"Å\"", ProjectKeyFileFault.Malformed)]
    [InlineData("key", "\"AAAA\"", ProjectKeyFileFault.Malformed)]
    [InlineData("key", "1", ProjectKeyFileFault.Malformed)]
    [InlineData("key", "\"!\"", ProjectKeyFileFault.Malformed)]
    [InlineData("created", "\"yesterday\"", ProjectKeyFileFault.Malformed)]
    [InlineData("key_id", "\"0123456789abcdef\"", ProjectKeyFileFault.Damaged)]
    [InlineData("key", "\"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\"", ProjectKeyFileFault.Damaged)]
    public void Read_EditedFile_IsRefusedWithoutItsContent(string property, string json, ProjectKeyFileFault fault)
    {
        var path = Written();
        var root = JsonNode.Parse(File.ReadAllText(path))!;
        var key = (string)root["key"]!;
        root[property] = JsonNode.Parse(json);
        File.WriteAllText(path, root.ToJsonString());

        var thrown = Assert.Throws<ProjectKeyFileException>(() => ProjectKeyFile.Read(path));

        Assert.Equal(fault, thrown.Fault);
        Assert.DoesNotContain(key, thrown.ToString(), StringComparison.Ordinal);
        Assert.Null(thrown.InnerException);
    }

    [Fact]
    public void Parse_OtherThings_AreNoKeyFiles()
    {
        foreach (var text in new[] { "", "[]", "{", "{}", "PAR1", "{\"kind\":\"silab-project-key\",\"kind\":\"silab-project-key\"}" })
        {
            Assert.Throws<ProjectKeyFileException>(() => ProjectKeyFile.Parse(Encoding.UTF8.GetBytes(text), "x"));
        }
    }
}
