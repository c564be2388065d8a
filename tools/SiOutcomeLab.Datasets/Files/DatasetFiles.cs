using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Datasets.Files;

/// <summary>How every shipped data set is written: fixed options, line feeds, no time and no machine in any file.</summary>
internal static class DatasetFiles
{
    /// <summary>Snappy is this repository's own code, so the bytes do not hang on a system library's version.</summary>
    public static ParquetWriterOptions ParquetOptions { get; } = new() { Codec = ParquetCodec.Snappy, CreatedBy = "SiOutcomeLab.Datasets" };

    /// <summary>Writes a table of one row group and says what a manifest must say about it.</summary>
    public static ManifestFile WriteTable(string path, IReadOnlyList<TableColumn> columns)
    {
        using var bytes = new MemoryStream();
        using (var writer = ParquetWriter.Create(bytes, [.. columns.Select(c => c.Spec)], ParquetOptions, leaveOpen: true))
        {
            var group = writer.StartRowGroup();
            foreach (var column in columns) column.WriteTo(group);
            writer.Close();
        }

        var content = bytes.ToArray();
        File.WriteAllBytes(path, content);
        return new ManifestFile(Convert.ToHexStringLower(SHA256.HashData(content)), content.Length, columns[0].Rows);
    }

    /// <summary>Writes plans as a JSON array, each plan in its canonical form on a line of its own.</summary>
    public static void WritePlans(string path, IEnumerable<EvaluationPlan> plans) => WriteLines(path, plans.Select(PlanHash.CanonicalJson));

    /// <summary>Writes interventions as a JSON array, one a line.</summary>
    public static void WriteInterventions(string path, IEnumerable<Intervention> interventions) =>
        WriteLines(path, interventions.Select(i => JsonSerializer.SerializeToUtf8Bytes(i, DomainJson.Options)));

    private static void WriteLines(string path, IEnumerable<byte[]> items) =>
        File.WriteAllText(path, "[\n" + string.Join(",\n", items.Select(Encoding.UTF8.GetString)) + "\n]\n");
}
