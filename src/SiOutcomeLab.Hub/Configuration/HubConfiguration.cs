using System.Collections;
using System.Text.Json;

namespace SiOutcomeLab.Hub.Configuration;

/// <summary>
/// A hub's configuration: a JSON file (comments and trailing commas allowed) whose keys are the options' names, and over it the environment:
/// <c>SILAB__TLS__CERTIFICATE</c> sets <c>tls.certificate</c>. A key that no option has is refused by name.
/// </summary>
public static class HubConfiguration
{
    /// <summary>What environment variables that set options begin with.</summary>
    public const string EnvironmentPrefix = "SILAB__";

    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a configuration, and checks it whole.</summary>
    /// <param name="path">The JSON file; relative paths inside it count from its folder.</param>
    /// <param name="environment">Environment variables; those that do not begin with <see cref="EnvironmentPrefix"/> are ignored.</param>
    /// <exception cref="HubOptionsException">Something in it cannot be had; every breach is told by key.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not read the file.</exception>
    public static HubOptions Load(string path, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var full = Path.GetFullPath(path);
        var values = new OptionValues(Path.GetDirectoryName(full)!);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(full), Reading);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new HubOptionsException([new("(1:1)", new("ska vara ett JSON-objekt.", "must be a JSON object."))], full);
            }

            values.Read(document.RootElement);
        }
        catch (JsonException e)
        {
            var where = $"{(e.LineNumber ?? 0) + 1}:{(e.BytePositionInLine ?? 0) + 1}";
            throw new HubOptionsException([new($"({where})", new("är inte giltig JSON.", "is not valid JSON."))], full);
        }

        foreach (var (name, value) in environment.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)) values.Override(name, value);
        }

        var options = values.ToOptions();
        OptionBreach[] breaches = [.. values.Breaches, .. options.Breaches().Where(b => !values.Breaches.Any(v => v.Key == b.Key))];
        return breaches.Length == 0 ? options : throw new HubOptionsException(breaches, full);
    }

    /// <summary>Reads a configuration under this process's environment.</summary>
    /// <inheritdoc cref="Load(string, IEnumerable{KeyValuePair{string, string}})"/>
    public static HubOptions Load(string path) => Load(
        path,
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(e => KeyValuePair.Create((string)e.Key, (string?)e.Value ?? string.Empty)));

    /// <summary>Every key that a configuration may hold, in the order of the options.</summary>
    public static IEnumerable<string> Keys() => OptionKey.Leaves(OptionKey.Of(typeof(HubOptions))).Select(k => k.Path);
}
