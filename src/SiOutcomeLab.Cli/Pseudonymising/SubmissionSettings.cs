using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Cli.Pseudonymising;

/// <summary>
/// What a submitter says once about its deliveries: a manifest without files, and beside it <c>columns</c> (heading → column, or null to
/// leave out), <c>values</c> (column → text → the catalogue's text) and <c>null_values</c>. Options on the command line go before it.
/// It is read by the manifest's own rules, so what is wrong with it is said in their words.
/// </summary>
internal sealed class SubmissionSettings
{
    private const int MostPeriods = 1200;
    private static readonly JsonDocumentOptions Strict =
        new() { AllowDuplicateProperties = false, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 8 };

    private SubmissionSettings(SubmissionManifest draft, Words words)
    {
        Draft = draft;
        Columns = words.Columns;
        Values = words.Values;
        NullTexts = words.NullTexts;
    }

    /// <summary>The manifest to be, with files that stand for nothing yet.</summary>
    public SubmissionManifest Draft { get; }

    public IReadOnlyDictionary<string, string?> Columns { get; }

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Values { get; }

    public IReadOnlySet<string> NullTexts { get; }

    /// <summary>The last day of the last period.</summary>
    public DateOnly LastDay => Draft.Periods[^1].Plus(1).Start.AddDays(-1);

    /// <summary>Reads settings from a file and options.</summary>
    /// <param name="path">The file; null for options alone.</param>
    /// <param name="options">Manifest properties given as options; null values are not given.</param>
    /// <param name="cancellationToken">Forwarded to the file.</param>
    /// <returns>The settings, or findings about them.</returns>
    /// <exception cref="CommandException">The file is missing or is not JSON of this form.</exception>
    public static async Task<(SubmissionSettings? Settings, IReadOnlyList<Finding> Findings)> ReadAsync(
        string? path, IReadOnlyDictionary<string, JsonNode?> options, CancellationToken cancellationToken)
    {
        var root = path is null ? [] : await ReadFileAsync(path, cancellationToken);
        foreach (var (name, value) in options)
        {
            if (value is not null) Set(root, name, value);
        }

        var words = Words.TakeFrom(root, path);
        root["schema_version"] = SubmissionManifest.SchemaVersion;
        root["policy"] ??= "standard";
        Expand(root);
        // The files are described when they have been written.
        root["files"] = new JsonObject { ["observations"] = new JsonObject { ["sha256"] = new string('0', 64), ["bytes"] = 1, ["rows"] = 0 } };
        var reading = SubmissionManifest.Read(Encoding.UTF8.GetBytes(root.ToJsonString()));
        return reading.Manifest is { } draft ? (new SubmissionSettings(draft, words), []) : (null, reading.Findings);
    }

    private static async Task<JsonObject> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) throw Unreadable(path, exists: false);
        try
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            return JsonNode.Parse(text, nodeOptions: null, Strict) as JsonObject ?? throw Unreadable(path, exists: true);
        }
        catch (JsonException e)
        {
            throw Unreadable(path, exists: true, $"{e.LineNumber + 1}:{e.BytePositionInLine + 1}");
        }
    }

    /// <summary>Sets <c>population.definition</c> and the like.</summary>
    private static void Set(JsonObject root, string name, JsonNode value)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            root[name] = value;
            return;
        }

        if (root[name[..dot]] is not JsonObject inner) root[name[..dot]] = inner = [];
        inner[name[(dot + 1)..]] = value;
    }

    /// <summary>Lets periods be written <c>2024-Q1..2024-Q4</c> or with commas, and their length follow from them.</summary>
    private static void Expand(JsonObject root)
    {
        if (root["periods"] is JsonValue value && value.TryGetValue(out string? text))
        {
            var periods = new JsonArray();
            foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                foreach (var period in Range(part)) periods.Add(period);
            }

            root["periods"] = periods;
        }

        if (root["period_length"] is null && root["periods"] is JsonArray { Count: > 0 } given
            && given[0] is JsonValue first && first.TryGetValue(out string? one) && Period.TryParse(one.Split("..")[0], out var known))
        {
            root["period_length"] = known.Length switch { PeriodLength.Month => "month", PeriodLength.Quarter => "quarter", _ => "year" };
        }
    }

    private static IEnumerable<string> Range(string text)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0 || !Period.TryParse(text[..dots].Trim(), out var first) || !Period.TryParse(text[(dots + 2)..].Trim(), out var last)
            || first.Length != last.Length || last.Since(first) is < 0 or >= MostPeriods)
        {
            return [text];
        }

        return Enumerable.Range(0, last.Since(first) + 1).Select(i => first.Plus(i).ToString());
    }

    private static CommandException Unreadable(string path, bool exists, params string[] details) => new(
        ExitCode.InputUnreadable,
        exists
            ? new($"{path} kan inte läsas som inställningar.", $"{path} cannot be read as settings.")
            : new($"Filen {path} finns inte.", $"There is no file {path}."),
        new("Skriv JSON som i exemplet från silab template.", "Write JSON as in the example from silab template."),
        details);

    /// <summary>The words of the table, taken out of the settings before the rest is read as a manifest.</summary>
    private sealed record Words(
        IReadOnlyDictionary<string, string?> Columns,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Values,
        IReadOnlySet<string> NullTexts)
    {
        public static Words TakeFrom(JsonObject root, string? path)
        {
            try
            {
                var columns = Take(root, "columns")?.AsObject().ToDictionary(p => p.Key, p => p.Value?.GetValue<string>(), StringComparer.Ordinal);
                var values = Take(root, "values")?.AsObject().ToDictionary(
                    p => p.Key,
                    p => (IReadOnlyDictionary<string, string>)p.Value!.AsObject().ToDictionary(
                        w => w.Key, w => w.Value!.GetValue<string>(), StringComparer.Ordinal),
                    StringComparer.Ordinal);
                var nulls = Take(root, "null_values")?.AsArray().Select(n => n!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
                return new Words(columns ?? [], values ?? [], nulls ?? []);
            }
            catch (Exception e) when (e is InvalidOperationException or NullReferenceException or FormatException)
            {
                throw Unreadable(path ?? "–", exists: true, "columns, values, null_values");
            }
        }

        private static JsonNode? Take(JsonObject root, string name)
        {
            var node = root[name];
            root.Remove(name);
            return node;
        }
    }
}
