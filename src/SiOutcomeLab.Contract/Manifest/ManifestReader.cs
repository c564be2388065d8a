using System.Buffers;
using System.Text.Json;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>Walks the JSON once and notes everything wrong with it, so that a submitter mends a manifest in one round.</summary>
internal sealed class ManifestReader(ReadOnlyMemory<byte> utf8Json)
{
    private const int LongestText = 2000;
    private const int MostPeriods = 1200;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private readonly FindingLog _log = new();

    public ManifestReading Read()
    {
        var manifest = ReadDocument();
        var findings = _log.ToFindings();
        return findings.Count == 0 ? new ManifestReading(manifest, []) : new ManifestReading(null, findings);
    }

    private SubmissionManifest? ReadDocument()
    {
        if (utf8Json.Length > SubmissionManifest.MaxBytes)
        {
            _log.Add(ManifestRules.TooLarge, SubmissionPart.Manifest);
            return null;
        }

        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 };
            using var document = JsonDocument.Parse(utf8Json, options);
            return ReadRoot(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how JsonElement meets half a surrogate pair. The messages may quote the text: only the fact is
            // told.
            _log.Add(ManifestRules.Malformed, SubmissionPart.Manifest);
            return null;
        }
    }

    private SubmissionManifest? ReadRoot(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            _log.Add(ManifestRules.Malformed, SubmissionPart.Manifest);
            return null;
        }

        if (!root.TryGetProperty("schema_version", out var version))
        {
            Missing("schema_version");
        }
        else if (version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out var number)
            || number != SubmissionManifest.SchemaVersion)
        {
            _log.Add(ManifestRules.Version, SubmissionPart.Manifest, "schema_version");
            return null;
        }

        RefuseUnknown(root, string.Empty, [
            "schema_version", "organisation", "project", "pseudonym_key", "period_length", "periods", "population", "legal_basis",
            "allowed_uses", "policy", "supersedes", "files",
        ]);
        var organisation = Code(root, "organisation");
        var project = Code(root, "project");
        var key = Key(root);
        var supersedes = Supersedes(root);
        var length = Word(root, "period_length", ManifestWords.Length);
        var periods = Periods(root, length);
        var population = Object(root, "population", "definition", "source");
        var statement =
            population is { } p ? new PopulationStatement(Text(p, "population.", "definition"), Text(p, "population.", "source")) : null;
        var legalBasis = Text(root, string.Empty, "legal_basis");
        var uses = Uses(root);
        var policy = Word(root, "policy", ManifestWords.Policy);
        var files = Object(root, "files", "observations", "participations");
        var observations = files is { } f ? File(f, "observations", required: true) : null;
        var participations = files is { } g ? File(g, "participations", required: false) : null;
        if (policy == DataPolicy.OpenData && organisation is not null && !MunicipalityRegister.Current.IsTeaching(organisation))
        {
            _log.Add(ManifestRules.OpenData, SubmissionPart.Manifest, "policy");
        }

        if (organisation is null || project is null || length is null || periods is null || statement is null || uses is null
            || policy is null || observations is null)
        {
            return null;
        }

        return new SubmissionManifest(
            new OrganisationId(organisation),
            new ProjectId(project),
            length.Value,
            periods,
            statement,
            legalBasis,
            uses.Value,
            policy.Value,
            observations,
            participations)
        {
            PseudonymKey = key,
            Supersedes = supersedes,
        };
    }

    private void RefuseUnknown(JsonElement element, string path, ReadOnlySpan<string> known)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                _log.Add(ManifestRules.UnknownProperty, SubmissionPart.Manifest, SafeName.Of(path + property.Name, 0));
            }
        }
    }

    private JsonElement? Object(JsonElement parent, string name, params ReadOnlySpan<string> known)
    {
        if (!Find(parent, string.Empty, name, JsonValueKind.Object, out var element)) return null;
        RefuseUnknown(element, name + ".", known);
        return element;
    }

    private string? Code(JsonElement root, string name)
    {
        if (!Find(root, string.Empty, name, JsonValueKind.String, out var element)) return null;
        var text = element.GetString()!;
        if (!CodeRule.IsValid(text))
        {
            Invalid(name);
            return null;
        }

        return text;
    }

    private string? Key(JsonElement root)
    {
        const string Name = "pseudonym_key";
        if (!root.TryGetProperty(Name, out _)) return null;
        if (!Find(root, string.Empty, Name, JsonValueKind.String, out var element)) return null;
        var text = element.GetString()!;
        if (!ProjectKey.IsId(text)) Invalid(Name);
        return text;
    }

    private string? Supersedes(JsonElement root)
    {
        const string Name = "supersedes";
        if (!root.TryGetProperty(Name, out _)) return null;
        if (!Find(root, string.Empty, Name, JsonValueKind.String, out var element)) return null;
        var text = element.GetString()!;
        var id = text.StartsWith(SubmissionManifest.SubmissionPrefix, StringComparison.Ordinal)
            ? text[SubmissionManifest.SubmissionPrefix.Length..]
            : string.Empty;
        if (id.Length == 32 && !id.AsSpan().ContainsAnyExcept(HexDigits)) return id;
        Invalid(Name);
        return null;
    }

    private T? Word<T>(JsonElement root, string name, Func<string, T?> known)
        where T : struct
    {
        if (!Find(root, string.Empty, name, JsonValueKind.String, out var element)) return null;
        var value = known(element.GetString()!);
        if (value is null) Invalid(name);
        return value;
    }

    private string Text(JsonElement parent, string path, string name)
    {
        if (!Find(parent, path, name, JsonValueKind.String, out var element)) return string.Empty;
        var text = element.GetString()!;
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText) Invalid(path + name);
        if (IdentityNumbers.Contains(text)) _log.Add(FileRules.IdentityNumber, SubmissionPart.Manifest, path + name);
        return text;
    }

    private List<Period>? Periods(JsonElement root, PeriodLength? length)
    {
        if (!Find(root, string.Empty, "periods", JsonValueKind.Array, out var array) || length is null) return null;
        var periods = new List<Period>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !Period.TryParse(item.GetString(), out var period) || period.Length != length
                || periods.Count == MostPeriods || (periods.Count > 0 && periods[^1] >= period))
            {
                Invalid("periods");
                return null;
            }

            periods.Add(period);
        }

        if (periods.Count > 0) return periods;
        Invalid("periods");
        return null;
    }

    private AllowedUses? Uses(JsonElement root)
    {
        if (!Find(root, string.Empty, "allowed_uses", JsonValueKind.Array, out var array)) return null;
        var uses = AllowedUses.None;
        foreach (var item in array.EnumerateArray())
        {
            var use = item.ValueKind == JsonValueKind.String ? ManifestWords.Use(item.GetString()!) : null;
            if (use is null || uses.HasFlag(use.Value))
            {
                Invalid("allowed_uses");
                return null;
            }

            uses |= use.Value;
        }

        return uses;
    }

    private ManifestFile? File(JsonElement files, string name, bool required)
    {
        var path = "files." + name;
        if (!required && !files.TryGetProperty(name, out _)) return null;
        if (!Find(files, "files.", name, JsonValueKind.Object, out var file)) return null;
        RefuseUnknown(file, path + ".", ["sha256", "bytes", "rows"]);
        var sha256 = Find(file, path + ".", "sha256", JsonValueKind.String, out var hash) ? hash.GetString()! : null;
        if (sha256 is not null && (sha256.Length != 64 || sha256.AsSpan().ContainsAnyExcept(HexDigits)))
        {
            Invalid(path + ".sha256");
            sha256 = null;
        }

        var bytes = Number(file, path + ".", "bytes", 1);
        var rows = Number(file, path + ".", "rows", 0);
        return sha256 is null || bytes is null || rows is null ? null : new ManifestFile(sha256, bytes.Value, rows.Value);
    }

    private long? Number(JsonElement parent, string path, string name, long minimum)
    {
        if (!Find(parent, path, name, JsonValueKind.Number, out var element)) return null;
        if (element.TryGetInt64(out var value) && value >= minimum) return value;
        Invalid(path + name);
        return null;
    }

    private bool Find(JsonElement parent, string path, string name, JsonValueKind kind, out JsonElement element)
    {
        if (!parent.TryGetProperty(name, out element))
        {
            Missing(path + name);
            return false;
        }

        if (element.ValueKind == kind) return true;
        Invalid(path + name);
        return false;
    }

    private void Missing(string name) => _log.Add(ManifestRules.MissingProperty, SubmissionPart.Manifest, name);

    private void Invalid(string name) => _log.Add(ManifestRules.InvalidValue, SubmissionPart.Manifest, name);
}
