namespace SiOutcomeLab.EndToEnd.Tests.Operation;

/// <summary>
/// What is installed elsewhere works there. Builds, in the configuration that the tests were built in, and is left out where not everything is
/// asked for.
/// </summary>
public sealed class PackagingTests
{
    private static readonly string Project = Path.Combine(Silab.RepositoryRoot, "src", "SiOutcomeLab.Cli");

    [Fact]
    public async Task Publish_LinuxAndWindows_HaveTheProgramItsDataAndTheirSqlite()
    {
        NeedAll();
        using var root = new TemporaryFolder();
        foreach (var (rid, sqlite) in new[] { ("linux-x64", "libe_sqlite3.so"), ("win-x64", "e_sqlite3.dll") })
        {
            var to = Path.Combine(root.Path, rid);
            await Programs.OutputOfAsync("dotnet", "publish", Project, "-c", "Debug", "-nologo", "-v", "q", "-r", rid, "--self-contained", "false", "-o", to);
            foreach (var file in new[] { "silab.dll", sqlite, "operation/silab-hub.service", "operation/hub.example.json", "datasets/nsw/manifest.json" })
            {
                Assert.True(File.Exists(Path.Combine(to, file)), $"{rid} lacks {file}.");
            }
        }

        Assert.Contains("hub", await Programs.OutputOfAsync("dotnet", Path.Combine(root.Path, "linux-x64", "silab.dll"), "--help", "--lang", "en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_PackedAndInstalled_Runs()
    {
        NeedAll();
        using var root = new TemporaryFolder();
        var (feed, tools) = (Path.Combine(root.Path, "feed"), Path.Combine(root.Path, "tools"));
        await Programs.OutputOfAsync("dotnet", "pack", Project, "-c", "Debug", "-nologo", "-v", "q", "-o", feed);
        await Programs.OutputOfAsync("dotnet", "tool", "install", "SiOutcomeLab.Cli", "--tool-path", tools, "--source", feed, "--no-cache");

        var silab = Path.Combine(tools, OperatingSystem.IsWindows() ? "silab.exe" : "silab");
        Assert.Contains("hub", await Programs.OutputOfAsync(silab, "--help", "--lang", "en"), StringComparison.Ordinal);
        await Programs.OutputOfAsync(silab, "hub", "key", "new", "--data", Path.Combine(root.Path, "data"));
    }

    private static void NeedAll() => Assert.SkipUnless(
        Environment.GetEnvironmentVariable("SILAB_REQUIRE") == "all", "Left out: builds the program anew; set SILAB_REQUIRE=all to have it.");
}
