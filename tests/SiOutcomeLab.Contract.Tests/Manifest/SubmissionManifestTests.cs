using System.Text;
using System.Text.Json.Nodes;
using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract.Tests.Manifest;

public sealed class SubmissionManifestTests
{
    private static readonly string Path0 = Path.Combine(RepositoryFolder.Datasets, "nsw", "manifest.json");

    private static ManifestReading Read(Action<JsonObject> change)
    {
        var root = JsonNode.Parse(File.ReadAllText(Path0))!.AsObject();
        change(root);
        return SubmissionManifest.Read(Encoding.UTF8.GetBytes(root.ToJsonString()));
    }

    private static Finding Only(ManifestReading reading, string rule, string? column)
    {
        Assert.Null(reading.Manifest);
        var finding = Assert.Single(reading.Findings);
        Assert.Equal((rule, column), (finding.Rule, finding.Column));
        return finding;
    }

    [Fact]
    public void Read_WrittenManifest_IsTheSame()
    {
        var manifest = ShippedSubmission.Manifest(Path.GetDirectoryName(Path0)!);

        var again = SubmissionManifest.Read(manifest.ToJson(indented: false)).Manifest!;

        Assert.Equal(manifest.ToJson(indented: true), again.ToJson(indented: true));
        Assert.Equal(File.ReadAllBytes(Path0), again.ToJson(indented: true));
        Assert.Equal(manifest.ContentHash(), again.ContentHash());
    }

    [Fact]
    public void ContentHash_ChangesWithEveryStatement_AndNotWithLayout()
    {
        var manifest = ShippedSubmission.Manifest(Path.GetDirectoryName(Path0)!);
        string[] hashes =
        [
            manifest.ContentHash(),
            (manifest with { Project = new("annat") }).ContentHash(),
            (manifest with { LegalBasis = "annat" }).ContentHash(),
            (manifest with { AllowedUses = AllowedUses.OwnEvaluation }).ContentHash(),
            (manifest with { Periods = [manifest.Periods[0]] }).ContentHash(),
            (manifest with { Participations = null }).ContentHash(),
            (manifest with { Observations = manifest.Observations with { Sha256 = new string('a', 64) } }).ContentHash(),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[0], Read(root => root["policy"] = root["policy"]!.DeepClone()).Manifest!.ContentHash());
        Assert.Equal(64, hashes[0].Length);
    }

    [Fact]
    public void Read_UnknownProperties_AreRefusedByNameAtEveryLevel()
    {
        var reading = Read(root =>
        {
            root["ansvarig"] = "x";
            root["population"]!["antal"] = 1;
            root["files"]!["bilaga"] = new JsonObject();
            root["files"]!["observations"]!["md5"] = "x";
        });

        Assert.All(reading.Findings, f => Assert.Equal("MANIFEST_UNKNOWN_PROPERTY", f.Rule));
        Assert.Equal(["ansvarig", "population.antal", "files.bilaga", "files.observations.md5"], reading.Findings.Select(f => f.Column));
    }

    [Theory]
    [InlineData("schema_version")]
    [InlineData("organisation")]
    [InlineData("project")]
    [InlineData("period_length")]
    [InlineData("periods")]
    [InlineData("population")]
    [InlineData("legal_basis")]
    [InlineData("allowed_uses")]
    [InlineData("policy")]
    [InlineData("files")]
    public void Read_PropertyMissing_IsNamed(string property) =>
        Only(Read(root => root.Remove(property)), "MANIFEST_MISSING_PROPERTY", property);

    [Fact]
    public void Read_AnotherVersion_IsRefusedAndNothingElseIsSaid() => Only(
        Read(root =>
        {
            root["schema_version"] = 2;
            root["new_thing"] = 1;
        }),
        "MANIFEST_VERSION",
        "schema_version");

    [Theory]
    [InlineData("organisation", "\"Malmö stad\"")]
    [InlineData("project", "\"\"")]
    [InlineData("project", "\"../etc\"")]
    [InlineData("period_length", "\"week\"")]
    [InlineData("periods", "[]")]
    [InlineData("periods", "[\"1975\",\"1974\"]")]
    [InlineData("periods", "[\"1974\",\"1974\"]")]
    [InlineData("periods", "[\"1974-Q1\"]")]
    [InlineData("periods", "[1974]")]
    [InlineData("periods", "[\"0000\"]")]
    [InlineData("legal_basis", "\"  \"")]
    [InlineData("allowed_uses", "[\"everything\"]")]
    [InlineData("allowed_uses", "[\"own_evaluation\",\"own_evaluation\"]")]
    [InlineData("policy", "\"open\"")]
    [InlineData("files", "1")]
    [InlineData("pseudonym_key", "\"0123456789ABCDEF\"")]
    [InlineData("pseudonym_key", "\"0123456789abcde\"")]
    [InlineData("pseudonym_key", "1")]
    [InlineData("supersedes", "\"0123456789abcdef0123456789abcdef\"")]
    [InlineData("supersedes", "\"submissions/0123456789ABCDEF0123456789abcdef\"")]
    [InlineData("supersedes", "\"submissions/0123456789abcdef\"")]
    [InlineData("supersedes", "7")]
    public void Read_InvalidValue_IsNamed(string property, string json) =>
        Only(Read(root => root[property] = JsonNode.Parse(json)), "MANIFEST_INVALID_VALUE", property);

    [Theory]
    [InlineData("sha256", "\"ABC\"")]
    [InlineData("bytes", "0")]
    [InlineData("bytes", "1.5")]
    [InlineData("rows", "-1")]
    [InlineData("rows", "99999999999999999999")]
    public void Read_InvalidFileStatement_IsNamed(string property, string json) => Only(
        Read(root => root["files"]!["observations"]![property] = JsonNode.Parse(json)),
        "MANIFEST_INVALID_VALUE",
        "files.observations." + property);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("PAR1")]
    public void Read_NotAJsonObject_IsMalformed(string text) =>
        Only(SubmissionManifest.Read(Encoding.UTF8.GetBytes(text)), "MANIFEST_MALFORMED", null);

    [Fact]
    public void Read_HalfASurrogatePair_IsMalformed()
    {
        var text = File.ReadAllText(Path0).Replace("teaching only.", "\\ud800", StringComparison.Ordinal);

        Only(SubmissionManifest.Read(Encoding.UTF8.GetBytes(text)), "MANIFEST_MALFORMED", null);
    }

    [Fact]
    public void Read_TooLarge_IsRefusedUnread() =>
        Only(SubmissionManifest.Read(new byte[SubmissionManifest.MaxBytes + 1]), "MANIFEST_TOO_LARGE", null);

    [Fact]
    public void Read_OpenDataFromARealMunicipality_IsRefused() =>
        Only(Read(root => root["organisation"] = "0180"), "MANIFEST_OPEN_DATA", "policy");

    [Fact]
    public void Read_PseudonymKey_IsKeptAndPartOfTheContentHash()
    {
        var manifest = Read(root => root["pseudonym_key"] = "0123456789abcdef").Manifest!;

        Assert.Equal("0123456789abcdef", manifest.PseudonymKey);
        Assert.Equal("0123456789abcdef", SubmissionManifest.Read(manifest.ToJson(indented: true)).Manifest!.PseudonymKey);
        Assert.NotEqual((manifest with { PseudonymKey = null }).ContentHash(), manifest.ContentHash());
        Assert.Null(Read(_ => { }).Manifest!.PseudonymKey);
    }

    [Fact]
    public void Read_Supersedes_IsKeptAndPartOfTheContentHash()
    {
        const string Id = "0123456789abcdef0123456789abcdef";
        var manifest = Read(root => root["supersedes"] = "submissions/" + Id).Manifest!;

        Assert.Equal(Id, manifest.Supersedes);
        Assert.Equal(Id, SubmissionManifest.Read(manifest.ToJson(indented: true)).Manifest!.Supersedes);
        Assert.NotEqual((manifest with { Supersedes = null }).ContentHash(), manifest.ContentHash());
    }

    [Fact]
    public void Read_NoAllowedUse_IsTaken() =>
        Assert.Equal(AllowedUses.None, Read(root => root["allowed_uses"] = new JsonArray()).Manifest!.AllowedUses);

    [Fact]
    public void Read_WithoutParticipations_IsTaken() =>
        Assert.Null(Read(root => root["files"]!.AsObject().Remove("participations")).Manifest!.Participations);
}
