using System.Reflection;
using System.Text;

namespace SiOutcomeLab.Hub.Configuration;

/// <summary>One key of the configuration file, and the option it sets. The options' records are the only place where keys are declared.</summary>
/// <param name="Path">The key with its sections, e.g. <c>tls.certificate</c>.</param>
/// <param name="Property">The option.</param>
internal sealed record OptionKey(string Path, PropertyInfo Property)
{
    /// <summary>The options under this key when it is a section; empty when it takes a value.</summary>
    public IReadOnlyList<OptionKey> Children { get; } =
        IsSection(Property.PropertyType) ? Of(Property.PropertyType, Path + ".") : [];

    public bool TakesValue => Children.Count == 0;

    public bool IsPath => Property.IsDefined(typeof(OptionPathAttribute));

    /// <summary>The keys that an options record gives, in the order of its properties.</summary>
    public static IReadOnlyList<OptionKey> Of(Type options, string prefix = "") =>
    [
        .. options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite)
            .Select(p => new OptionKey(prefix + NameOf(p), p)),
    ];

    /// <summary>Every key that takes a value, sections opened.</summary>
    public static IEnumerable<OptionKey> Leaves(IEnumerable<OptionKey> keys) =>
        keys.SelectMany(k => k.TakesValue ? [k] : Leaves(k.Children));

    private static string NameOf(PropertyInfo property)
    {
        var name = new StringBuilder();
        foreach (var letter in property.Name)
        {
            if (char.IsUpper(letter) && name.Length > 0) name.Append('_');
            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }

    private static bool IsSection(Type type) => type is { IsClass: true, IsSealed: true } && type.Assembly == typeof(OptionKey).Assembly;
}
