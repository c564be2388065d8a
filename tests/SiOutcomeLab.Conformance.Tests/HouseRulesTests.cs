using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SiOutcomeLab.Conformance.Tests;

/// <summary>Rules of the house that no analyzer holds.</summary>
public sealed class HouseRulesTests
{
    private const int MaximumLines = 500;

    // Who may see whom. A project exists where a dependency must be impossible.
    private static readonly Dictionary<string, string[]> MaySee = new()
    {
        ["Domain"] = [],
        ["Statistics"] = [],
        ["Parquet"] = [],
        ["Charts"] = [],
        ["Rpc"] = [],
        ["Disclosure"] = ["Domain", "Economics"],
        ["Economics"] = ["Domain"],
        ["Contract"] = ["Domain", "Parquet"],
        ["Rpc.AspNetCore"] = ["Rpc"],
        ["Protos"] = ["Rpc"],
        ["Mapping"] = ["Domain", "Protos"],
        ["Storage"] = ["Domain", "Disclosure", "Economics", "Parquet"],
        ["Pipelines"] = ["Domain", "Statistics", "Disclosure", "Economics", "Parquet", "Contract", "Storage"],
        ["Hub"] = ["Domain", "Economics", "Disclosure", "Contract", "Storage", "Pipelines", "Protos", "Mapping", "Rpc", "Rpc.AspNetCore", "Charts"],
        ["Cli"] = ["Domain", "Contract", "Parquet", "Statistics", "Protos", "Mapping", "Rpc", "Charts", "Hub"],
    };

    private static readonly string[] PureRooms =
    [
        "src/SiOutcomeLab.Statistics", "src/SiOutcomeLab.Disclosure", "src/SiOutcomeLab.Domain", "src/SiOutcomeLab.Economics",
        "src/SiOutcomeLab.Charts",
    ];

    [Fact]
    public void EveryProject_SeesOnlyWhatItMay()
    {
        foreach (var file in Repository.Projects("src"))
        {
            var name = Path.GetFileNameWithoutExtension(file)["SiOutcomeLab.".Length..];
            Assert.True(MaySee.TryGetValue(name, out var allowed), $"{name} is not in the table of rooms.");
            var seen = XDocument.Load(file).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!)["SiOutcomeLab.".Length..]);
            Assert.All(seen, s => Assert.True(allowed.Contains(s), $"{name} must not see {s}."));
        }
    }

    [Fact]
    public void NoFile_IsLongerThanCanBeRead() => Assert.All(
        Repository.CSharp("src", "tests", "tools"), f => Assert.True(f.Text.AsSpan().Count('\n') <= MaximumLines, $"{f.Path} has more than {MaximumLines} lines."));

    [Fact]
    public void NoCode_ReadsTheClockBehindTheTimeProvider() => Assert.All(
        Repository.CSharp("src"), f => Assert.False(Regex.IsMatch(f.Text, @"\bDateTime(Offset)?\.(Utc)?Now\b"), $"{f.Path} reads the clock; take a TimeProvider."));

    [Fact]
    public void NoCode_DrawsUnseededRandomness() => Assert.All(
        Repository.CSharp(PureRooms),
        f => Assert.False(Regex.IsMatch(f.Text, @"\bnew Random\(\)|Random\.Shared|Guid\.NewGuid"), $"{f.Path} draws numbers without a seed."));

    [Fact]
    public void PureRooms_DoNoInputOrOutput() => Assert.All(
        Repository.CSharp(PureRooms),
        f => Assert.False(Regex.IsMatch(f.Text, @"\busing System\.(IO|Net)|\bFile\.|\bConsole\."), $"{f.Path} reaches outside; effects belong at the edge."));

    [Fact]
    public void NoFolder_IsNamedForNothing() => Assert.DoesNotContain(
        Repository.CSharp("src", "tests", "tools"), f => Regex.IsMatch(f.Path, "/(Helpers|Common|Utils|Managers|Misc)/"));

    [Fact]
    public void EffectMessages_AreMadeInTheMappingAlone() => Assert.DoesNotContain(
        Repository.CSharp("src/SiOutcomeLab.Hub").Where(f => !f.Path.EndsWith("EffectMapping.cs", StringComparison.Ordinal)),
        f => Regex.IsMatch(f.Text, @"new (Wire\.)?(Effect|Estimate|Cell|Diagnostics|FlowStep)\b"));

    [Fact]
    public void BenchmarkMessages_AreMadeInTheMappingAlone() => Assert.DoesNotContain(
        Repository.CSharp("src/SiOutcomeLab.Hub").Where(f => !f.Path.EndsWith("BenchmarkMapping.cs", StringComparison.Ordinal)),
        f => Regex.IsMatch(f.Text, @"new (Wire\.)?(Benchmark|PooledEffect|PooledOddsRatio|BenchmarkMunicipality|BenchmarkPlace|PooledBalance)\b"));

    [Fact]
    public void Versions_ArePinnedInOnePlace()
    {
        var projects = new[] { "src", "tests", "tools" }.SelectMany(Repository.Projects).Select(XDocument.Load);
        Assert.DoesNotContain(projects.SelectMany(p => p.Descendants("PackageReference")), p => p.Attribute("Version") is not null);
        var pins = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion");
        Assert.All(pins, p => Assert.Matches(@"^\d+(\.\d+)+$", (string)p.Attribute("Version")!));
    }

    [Fact]
    public void EveryProject_OfTheTree_IsInTheSolution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "SiOutcomeLab.sln"));
        var projects = new[] { "src", "tests", "tools" }.SelectMany(Repository.Projects).Select(p => Path.GetFileName(p)!);
        Assert.All(projects, p => Assert.Contains(p, solution, StringComparison.Ordinal));
    }

    /// <summary>Dapper makes an array of a list at PostgreSQL, which <c>IN</c> does not take; <c>ParameterList</c> is read alike everywhere.</summary>
    [Fact]
    public void SharedSql_HandsOverNoList() => Assert.All(
        Repository.CSharp("src/SiOutcomeLab.Storage/Catalogue/Sql"),
        f => Assert.False(Regex.IsMatch(f.Text, @"\bIN @\w"), $"{f.Path} hands a list to IN; use a ParameterList."));
}
