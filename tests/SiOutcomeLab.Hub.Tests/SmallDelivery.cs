using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>A small delivery of a teaching municipality, in which a test breaks one thing.</summary>
internal sealed class SmallDelivery
{
    private static readonly int Day1975 = new DateOnly(1975, 1, 1).DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    public List<string> Persons { get; } = [.. Enumerable.Range(1, 20).Select(i => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"person {i}"))))];

    public string Municipality { get; set; } = TestHub.NswOrganisation;

    public string MeasureColumn { get; set; } = "earnings_usd_1982";

    public bool WithMunicipality { get; set; } = true;

    /// <summary>The observations file.</summary>
    public byte[] Observations()
    {
        using var stream = new MemoryStream();
        List<ParquetColumnSpec> columns = [ParquetColumnSpec.Text("person_id")];
        if (WithMunicipality) columns.Add(ParquetColumnSpec.Text("municipality_code"));
        columns.Add(ParquetColumnSpec.Date("period_start"));
        columns.Add(ParquetColumnSpec.Of<double>(MeasureColumn));
        using (var writer = ParquetWriter.Create(stream, columns))
        {
            var rows = writer.StartRowGroup();
            rows.WriteStrings(Persons.ToArray());
            if (WithMunicipality) rows.WriteStrings(Enumerable.Repeat<string?>(Municipality, Persons.Count).ToArray());
            rows.WriteColumn<int>(Enumerable.Repeat(Day1975, Persons.Count).ToArray());
            rows.WriteColumn<double>(Enumerable.Range(0, Persons.Count).Select(i => 1000.0 * i).ToArray());
            writer.Close();
        }

        return stream.ToArray();
    }

    /// <summary>The manifest of a file as it will be sent.</summary>
    public static byte[] ManifestFor(byte[] observations, long rows = 20)
    {
        var nsw = SubmissionManifest.Read(File.ReadAllBytes(TestHub.NswFile("manifest.json"))).Manifest!;
        return (nsw with
        {
            Periods = [nsw.Periods.Single(p => p.ToString() == "1975")],
            Observations = new ManifestFile(Convert.ToHexStringLower(SHA256.HashData(observations)), observations.Length, rows),
            Participations = null,
        }).ToJson(indented: false);
    }
}
