using System.Security.Cryptography;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Country.Delivering;

/// <summary>How every delivery is written: fixed options, no time and no machine in any file.</summary>
internal static class DeliveryFormat
{
    /// <summary>Snappy is this repository's own code, so the bytes do not hang on a system library's version.</summary>
    public static ParquetWriterOptions Options { get; } = new() { Codec = ParquetCodec.Snappy, CreatedBy = "SiOutcomeLab.Country" };

    /// <summary>A new file to write a delivery's part into, its folder made.</summary>
    public static FileStream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
    }

    /// <summary>What a manifest says of a file.</summary>
    /// <param name="file">The file; read from its beginning.</param>
    /// <param name="rows">Its rows.</param>
    public static ManifestFile Describe(Stream file, long rows)
    {
        file.Position = 0;
        return new ManifestFile(Convert.ToHexStringLower(SHA256.HashData(file)), file.Length, rows);
    }

    public static SubmissionManifest Manifest(
        string organisation, AllowedUses uses, IEnumerable<int> quarters, ManifestFile observations, ManifestFile? participations) => new(
            new OrganisationId(organisation),
            MadeCountry.Project,
            PeriodLength.Quarter,
            [.. quarters.Select(CountryRules.PeriodOf)],
            new PopulationStatement(
                "Invented persons: adults far from work, young persons known to the social services, placed children and pupils; all of "
                + "each group, whether they took part in anything or not.",
                "A seeded generator; no real person stands behind any row."),
            "Invented data; no personal data.",
            uses,
            DataPolicy.Standard,
            observations,
            participations)
        {
            PseudonymKey = MadeCountry.KeyId,
        };

    public static void Write(string folder, SubmissionManifest manifest) =>
        File.WriteAllBytes(Path.Combine(folder, "manifest.json"), manifest.ToJson(indented: true));
}
