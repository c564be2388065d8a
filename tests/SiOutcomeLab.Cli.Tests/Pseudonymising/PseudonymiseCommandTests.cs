using System.Text;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Tests.Pseudonymising;

public sealed class PseudonymiseCommandTests
{
    // HMAC-SHA-256 of 196408233234 under the bytes 00…1f:
    // printf 196408233234 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
    private const string Pseudonym = "c3b22ecc385e31543a550bb3a5001ef6e1a9dd3c69342401549be3ba1d9d7e88";

    [Fact]
    public async Task Run_ExcelExport_BecomesADeliveryUnderTheKey()
    {
        using var shop = new Workshop();
        var path = shop.Write(
            "obs.csv",
            "\uFEFF" + Workshop.Header + "640823-3234;2024-Q1;Kvinna;1964;1,0\r\n19640823-3234;2024K2;K;1964;\r\n;;;;\r\n");
        shop.WriteSettings(""", "values": { "sex": { "K": "woman" } }""");

        var run = await shop.RunAsync(path);

        Assert.Equal((ExitCode.Ok, string.Empty), (run.Code, run.Error));
        var manifest = SubmissionManifest.Read(File.ReadAllBytes(Path.Combine(shop.Output, "manifest.json"))).Manifest!;
        Assert.Equal(Workshop.Key.Id, manifest.PseudonymKey);
        Assert.Equal((2L, "0180"), (manifest.Observations.Rows, manifest.Organisation.Code));
        using var reader = ParquetReader.Open(Path.Combine(shop.Output, "observations.parquet"));
        Assert.Equal(
            ["person_id", "municipality_code", "period_start", "sex", "birth_year", "income_support_months"],
            reader.Schema.Columns.Select(c => c.Name));
        Assert.Equal(2, reader.RowCount);
        var group = reader.OpenRowGroup(0);
        var batch = new BytesBatch();
        using var persons = group.Bytes(0);
        Assert.Equal(2, persons.Read(batch, 10));
        Assert.All(new[] { 0, 1 }, row => Assert.Equal(Pseudonym, Encoding.ASCII.GetString(batch[row])));
    }
}
