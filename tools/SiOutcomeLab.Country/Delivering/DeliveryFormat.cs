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

    public static ManifestFile Describe(string path, long rows)
    {
        using var stream = File.OpenRead(path);
        return new ManifestFile(Convert.ToHexStringLower(SHA256.HashData(stream)), stream.Length, rows);
    }

    public static void WriteManifest(
        string folder, string organisation, AllowedUses uses, IEnumerable<int> quarters, ManifestFile observations, ManifestFile? participations)
    {
        var manifest = new SubmissionManifest(
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
        File.WriteAllBytes(Path.Combine(folder, "manifest.json"), manifest.ToJson(indented: true));
    }
}
