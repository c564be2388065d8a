namespace SiOutcomeLab.Charts.Drawing;

/// <summary>
/// The colours. Marks from the palette of Okabe and Ito (2008), which the colour-blind tell apart; only those with a contrast of 3:1
/// or more against the paper. Colour never carries a meaning alone.
/// </summary>
internal static class Ink
{
    /// <summary>Always drawn, so that the picture stands on a dark page and on printed paper alike.</summary>
    public const string Paper = "#FFFFFF";

    public const string Text = "#1A1A1A";
    public const string Muted = "#595959";
    public const string Blue = "#0072B2";
    public const string Vermillion = "#D55E00";
    public const string Green = "#009E73";

    /// <summary>Lines that order the page and carry no data.</summary>
    public const string Grid = "#D9D9D9";

    public static IReadOnlyList<string> OfText { get; } = [Text, Muted];

    public static IReadOnlyList<string> OfMarks { get; } = [Text, Muted, Blue, Vermillion, Green];
}
