using System.Security.Cryptography;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.EndToEnd.Tests;

/// <summary>A made delivery of the teaching municipality, as large as wanted and another for each seed.</summary>
internal static class MadeDelivery
{
    private static readonly int Day1975 = new DateOnly(1975, 1, 1).DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Writes manifest and observations to a folder.</summary>
    /// <param name="folder">Made where missing.</param>
    /// <param name="project">Its project; a project has no two deliveries of one period.</param>
    /// <param name="rows">Its persons, one row each; some 80 bytes a row.</param>
    /// <param name="seed">Its content.</param>
    public static async Task<string> WriteAsync(string folder, string project, int rows, int seed)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "observations.parquet");
        await using (var file = File.Create(path)) Write(file, rows, new Random(seed));
        await using var written = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, Cancel.Token));
        var nsw = SubmissionManifest.Read(await File.ReadAllBytesAsync(Path.Combine(Silab.Nsw, "manifest.json"), Cancel.Token)).Manifest!;
        var manifest = nsw with
        {
            Project = new ProjectId(project),
            Periods = [nsw.Periods.Single(p => p.ToString() == "1975")],
            Observations = new ManifestFile(hash, written.Length, rows),
            Participations = null,
        };
        await File.WriteAllBytesAsync(Path.Combine(folder, "manifest.json"), manifest.ToJson(indented: true), Cancel.Token);
        return folder;
    }

    private static void Write(Stream stream, int rows, Random random)
    {
        ParquetColumnSpec[] columns =
        [
            ParquetColumnSpec.Text("person_id"), ParquetColumnSpec.Text("municipality_code"), ParquetColumnSpec.Date("period_start"),
            ParquetColumnSpec.Of<double>("earnings_usd_1982"),
        ];
        using var writer = ParquetWriter.Create(stream, columns, leaveOpen: true);
        var bytes = new byte[32];
        foreach (var group in Enumerable.Range(0, rows).Chunk(100_000))
        {
            var rowGroup = writer.StartRowGroup();
            rowGroup.WriteStrings([.. group.Select(_ =>
            {
                random.NextBytes(bytes);
                return Convert.ToHexStringLower(bytes);
            })]);
            rowGroup.WriteStrings([.. group.Select(_ => "9901")]);
            rowGroup.WriteColumn<int>([.. group.Select(_ => Day1975)]);
            rowGroup.WriteColumn<double>([.. group.Select(_ => Math.Round(random.NextDouble() * 20_000, 2))]);
        }

        writer.Close();
    }
}
