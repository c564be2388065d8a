using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>
/// What a submitter says about a delivery: who, for which project and periods, about whom, on what legal ground, for which uses,
/// and the content hashes of the files. Made by <see cref="Read"/>, which checks it against the rule table, or by hand.
/// </summary>
/// <param name="Organisation">Who sends it.</param>
/// <param name="Project">The project whose key made the pseudonyms.</param>
/// <param name="PeriodLength">The length of every period.</param>
/// <param name="Periods">The periods covered, in time order, each once, not necessarily consecutive; 1–1 200.</param>
/// <param name="Population">Whom it is about.</param>
/// <param name="LegalBasis">The legal ground for sending it; 1–2 000 characters.</param>
/// <param name="AllowedUses">What its rows may be used for.</param>
/// <param name="Policy">The disclosure policy; open data only for teaching municipalities.</param>
/// <param name="Observations">The observations file.</param>
/// <param name="Participations">The participations file; null when there is none.</param>
public sealed record SubmissionManifest(
    OrganisationId Organisation,
    ProjectId Project,
    PeriodLength PeriodLength,
    IReadOnlyList<Period> Periods,
    PopulationStatement Population,
    string LegalBasis,
    AllowedUses AllowedUses,
    DataPolicy Policy,
    ManifestFile Observations,
    ManifestFile? Participations)
{
    /// <summary>The version of the manifest's form that this code reads and writes.</summary>
    public const int SchemaVersion = 1;

    /// <summary>
    /// Which key made the pseudonyms: <see cref="ProjectKey.Id"/>, 16 lower-case hexadecimal digits; null when the manifest does not say.
    /// The hub holds a project to the first one it has taken, so that another key cannot part a person in two unseen.
    /// </summary>
    public string? PseudonymKey { get; init; }

    /// <summary>What a submission's resource name begins with, as receipts write it.</summary>
    public const string SubmissionPrefix = "submissions/";

    /// <summary>
    /// The identifier, without <see cref="SubmissionPrefix"/>, of the submission of the same organisation and project that this one
    /// replaces; 32 hexadecimal digits; null when it replaces none.
    /// </summary>
    public string? Supersedes { get; init; }

    /// <summary>The largest manifest that is read, in bytes; 1 MB.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// Reads a manifest from UTF-8 JSON. Unknown properties are refused by name; text that looks like an identity number is refused.
    /// </summary>
    /// <returns>The manifest, or the findings that say what is wrong; never both.</returns>
    public static ManifestReading Read(ReadOnlyMemory<byte> utf8Json) => new ManifestReader(utf8Json).Read();

    /// <summary>
    /// SHA-256 over the canonical manifest, which holds the files' hashes: 64 lower-case hexadecimal digits.
    /// Equal exactly when manifest and files say the same, however the JSON was laid out: the identity of the submission.
    /// </summary>
    public string ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("submission-v1\n"u8);
        hash.AppendData(ToJson(indented: false));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The manifest as UTF-8 JSON, properties in a fixed order.</summary>
    /// <param name="indented">True for people (two spaces, line feeds, one at the end), false for the canonical form without white
    /// space.</param>
    public byte[] ToJson(bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = indented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options)) Write(writer);
        if (indented) buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(ToJson(indented: false));

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("schema_version", SchemaVersion);
        writer.WriteString("organisation", Organisation.Code);
        writer.WriteString("project", Project.Code);
        if (PseudonymKey is not null) writer.WriteString("pseudonym_key", PseudonymKey);
        writer.WriteString("period_length", ManifestWords.Of(PeriodLength));
        writer.WriteStartArray("periods");
        foreach (var period in Periods) writer.WriteStringValue(period.ToString());
        writer.WriteEndArray();
        writer.WriteStartObject("population");
        writer.WriteString("definition", Population.Definition);
        writer.WriteString("source", Population.Source);
        writer.WriteEndObject();
        writer.WriteString("legal_basis", LegalBasis);
        writer.WriteStartArray("allowed_uses");
        foreach (var (use, word) in ManifestWords.Uses)
        {
            if (AllowedUses.HasFlag(use)) writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
        writer.WriteString("policy", ManifestWords.Of(Policy));
        if (Supersedes is not null) writer.WriteString("supersedes", SubmissionPrefix + Supersedes);
        writer.WriteStartObject("files");
        WriteFile(writer, "observations", Observations);
        if (Participations is not null) WriteFile(writer, "participations", Participations);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter writer, string name, ManifestFile file)
    {
        writer.WriteStartObject(name);
        writer.WriteString("sha256", file.Sha256);
        writer.WriteNumber("bytes", file.Bytes);
        writer.WriteNumber("rows", file.Rows);
        writer.WriteEndObject();
    }
}
