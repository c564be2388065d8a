using System.Text.Json;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Hub.Configuration;

/// <summary>Values by key while a configuration is read, with what was wrong with them.</summary>
/// <param name="folder">The folder from which relative paths count.</param>
internal sealed class OptionValues(string folder)
{
    private readonly IReadOnlyList<OptionKey> _roots = OptionKey.Of(typeof(HubOptions));
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    private readonly List<OptionBreach> _breaches = [];

    public IReadOnlyList<OptionBreach> Breaches => _breaches;

    public void Read(JsonElement root) => ReadSection(root, _roots, string.Empty);

    /// <summary>Sets a value from the environment; the last word is its.</summary>
    public void Override(string variable, string text)
    {
        var path = string.Join('.', variable[HubConfiguration.EnvironmentPrefix.Length..].Split("__")).ToLowerInvariant();
        var key = OptionKey.Leaves(_roots).FirstOrDefault(k => k.Path == path);
        if (key is null) Unknown(path, variable);
        else Set(key, text);
    }

    public HubOptions ToOptions()
    {
        var options = (HubOptions)Make(typeof(HubOptions), _roots);
        return options.DataFolder is null ? options with { DataFolder = string.Empty } : options;
    }

    private void ReadSection(JsonElement section, IReadOnlyList<OptionKey> keys, string prefix)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in section.EnumerateObject())
        {
            var path = prefix + property.Name;
            if (!seen.Add(property.Name)) _breaches.Add(new(path, new("står två gånger.", "is there twice.")));
            else if (keys.FirstOrDefault(k => k.Path == path) is not { } key) Unknown(path, path);
            else ReadKey(key, property.Value);
        }
    }

    private void ReadKey(OptionKey key, JsonElement value)
    {
        if (!key.TakesValue)
        {
            if (value.ValueKind == JsonValueKind.Object) ReadSection(value, key.Children, key.Path + ".");
            else _breaches.Add(new(key.Path, new("ska vara ett avsnitt: { … }.", "must be a section: { … }.")));
            return;
        }

        if (value.ValueKind == JsonValueKind.Array && OptionValue.IsList(key.Property.PropertyType)
            && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String))
        {
            _values[key.Path] = value.EnumerateArray().Select(v => v.GetString()!).ToArray();
            return;
        }

        var isText = key.Property.PropertyType == typeof(string);
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Set(key, value.GetString()!);
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when !isText:
                Set(key, value.GetRawText());
                break;
            default:
                _breaches.Add(new(key.Path, OptionValue.Kind(key)));
                break;
        }
    }

    private void Set(OptionKey key, string text)
    {
        if (OptionValue.Read(key, text) is not { } value) _breaches.Add(new(key.Path, OptionValue.Kind(key)));
        else _values[key.Path] = key.IsPath && value is string path && path.Length > 0 ? Path.GetFullPath(path, folder) : value;
    }

    private void Unknown(string path, string asWritten)
    {
        var nearest = NearestKey.Of(path, OptionKey.Leaves(_roots).Select(k => k.Path));
        var (sv, en) = nearest is null ? (string.Empty, string.Empty) : ($" Menades {nearest}?", $" Did you mean {nearest}?");
        _breaches.Add(new(asWritten, new BilingualText("är ingen känd nyckel." + sv, "is no known key." + en)));
    }

    // A section is made when one of its keys is set, and keeps the record's own defaults for the others.
    private object Make(Type type, IReadOnlyList<OptionKey> keys)
    {
        var options = Activator.CreateInstance(type)!;
        foreach (var key in keys)
        {
            if (key.TakesValue)
            {
                if (_values.TryGetValue(key.Path, out var value)) key.Property.SetValue(options, value);
            }
            else if (OptionKey.Leaves(key.Children).Any(k => _values.ContainsKey(k.Path)))
            {
                key.Property.SetValue(options, Make(key.Property.PropertyType, key.Children));
            }
        }

        return options;
    }
}
