namespace SiOutcomeLab.Charts;

/// <summary>A language a picture speaks: its code, its numbers, and the few words that pictures say by themselves.</summary>
/// <param name="Code">A BCP 47 tag, such as "sv".</param>
/// <param name="Numbers">How numbers are written.</param>
/// <param name="Words">Legends and gaps; change single ones by <c>with</c>.</param>
public sealed record ChartLanguage(string Code, NumberText Numbers, ChartWords Words)
{
    /// <summary>Plain Swedish.</summary>
    public static ChartLanguage Swedish { get; } = new("sv", NumberText.Swedish, ChartWords.Swedish);

    /// <summary>Plain English.</summary>
    public static ChartLanguage English { get; } = new("en", NumberText.English, ChartWords.English);
}
