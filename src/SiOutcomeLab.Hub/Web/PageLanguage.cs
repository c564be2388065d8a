using SiOutcomeLab.Charts;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Hub.Web;

/// <summary>The language of a page: Swedish unless the address asks for English, and then in every link too.</summary>
/// <param name="Charts">The same for pictures, whose numbers the page's own are written like.</param>
internal sealed record PageLanguage(ChartLanguage Charts)
{
    public const string Key = "lang";

    public static PageLanguage Swedish { get; } = new(ChartLanguage.Swedish);

    public static PageLanguage English { get; } = new(ChartLanguage.English);

    public string Code => Charts.Code;

    public PageLanguage Other => IsSwedish ? English : Swedish;

    /// <summary>What the language calls itself.</summary>
    public string OwnName => Pick("Svenska", "English");

    private bool IsSwedish => ReferenceEquals(Charts, ChartLanguage.Swedish);

    public static PageLanguage Of(string? asked) => asked == English.Code ? English : Swedish;

    public string Pick(string sv, string en) => IsSwedish ? sv : en;

    public string Pick(BilingualText text) => Pick(text.Sv, text.En);

    public string Number(double value, int decimals) => Charts.Numbers.Fixed(value, decimals);

    /// <summary>A number that a plan states, with the decimals it has.</summary>
    public string Plain(double value)
    {
        var decimals = Enumerable.Range(0, 6).FirstOrDefault(d => Math.Round(value, d) == value, 6);
        return Number(value, decimals);
    }

    /// <summary>An address within the hub, in this language.</summary>
    /// <param name="path">The path, already escaped.</param>
    /// <param name="query">Names and values; what has no value is left out.</param>
    public string Href(string path, params IEnumerable<(string Name, string? Value)> query)
    {
        var all = query.Append((Name: Key, Value: IsSwedish ? null : Code)).Where(p => !string.IsNullOrEmpty(p.Value));
        var text = string.Join('&', all.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value!)}"));
        return text.Length == 0 ? path : $"{path}?{text}";
    }
}
