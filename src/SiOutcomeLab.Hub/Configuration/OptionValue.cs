using System.Globalization;
using System.Text.RegularExpressions;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Hub.Configuration;

/// <summary>A value as operators write it: numbers, true and false, text, sizes such as <c>2GiB</c>, durations such as <c>30s</c> or <c>12h</c>.</summary>
internal static partial class OptionValue
{
    /// <summary>Reads a value for an option; null when the text is none of the option's kind.</summary>
    public static object? Read(OptionKey key, string text)
    {
        var type = Nullable.GetUnderlyingType(key.Property.PropertyType) ?? key.Property.PropertyType;
        if (type == typeof(string)) return text;
        if (type == typeof(bool)) return text is "true" ? true : text is "false" ? false : null;
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (type == typeof(long)) return ReadSize(text);
        if (type == typeof(TimeSpan)) return ReadDuration(text);
        if (type == typeof(Uri)) return Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null;
        if (type.IsEnum) return Names(type).Contains(text, StringComparer.Ordinal) ? Enum.Parse(type, text, ignoreCase: true) : null;
        return IsList(type) ? ReadList(text) : throw new NotSupportedException($"The option {key.Path} has a kind that no value can be read for.");
    }

    public static bool IsList(Type type) => type.IsAssignableFrom(typeof(string[])) && type != typeof(object);

    /// <summary>What the option takes, for whoever wrote something else.</summary>
    public static BilingualText Kind(OptionKey key)
    {
        var type = Nullable.GetUnderlyingType(key.Property.PropertyType) ?? key.Property.PropertyType;
        if (type == typeof(bool)) return new("ska vara true eller false.", "must be true or false.");
        if (type == typeof(int)) return new("ska vara ett heltal.", "must be a whole number.");
        if (type == typeof(long)) return new("ska vara ett antal byte, t.ex. 1048576 eller 2GiB.", "must be a number of bytes, e.g. 1048576 or 2GiB.");
        if (type == typeof(TimeSpan)) return new("ska vara en tid, t.ex. 500ms, 30s, 15m, 12h eller 30d.", "must be a duration, e.g. 500ms, 30s, 15m, 12h or 30d.");
        if (type == typeof(Uri)) return new("ska vara en adress.", "must be an address.");
        if (type.IsEnum) return new($"ska vara {string.Join(" eller ", Names(type))}.", $"must be {string.Join(" or ", Names(type))}.");
        return IsList(type) ? new("ska vara en lista av texter.", "must be a list of texts.") : new("ska vara en text.", "must be a text.");
    }

    private static string[] Names(Type type) => [.. Enum.GetNames(type).Select(n => n.ToLowerInvariant())];

    private static string[] ReadList(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static object? ReadSize(string text)
    {
        var match = Size().Match(text);
        if (!match.Success || !long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var shift = match.Groups[2].Value switch { "KiB" => 10, "MiB" => 20, "GiB" => 30, "TiB" => 40, _ => 0 };
        return number <= long.MaxValue >> shift ? number << shift : null;
    }

    private static object? ReadDuration(string text)
    {
        var match = Duration().Match(text);
        if (!match.Success || !double.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
        var unit = match.Groups[2].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };
        return number * unit.TotalDays <= 36_500 ? number * unit : null;
    }

    [GeneratedRegex("^([0-9]{1,18}) ?(B|KiB|MiB|GiB|TiB)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Size();

    [GeneratedRegex(@"^([0-9]{1,9}(?:\.[0-9]{1,6})?) ?(ms|s|m|h|d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
