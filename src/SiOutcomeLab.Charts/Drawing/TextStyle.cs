namespace SiOutcomeLab.Charts.Drawing;

internal enum Anchor { Start, Middle, End }

/// <summary>Size in units of the view box, weight, colour and what stands at x.</summary>
internal readonly record struct TextStyle(double Size, bool Bold = false, string Colour = Ink.Text, Anchor Anchor = Anchor.Start)
{
    /// <summary>No text is smaller than this.</summary>
    public const double Smallest = 14;

    public static TextStyle Title { get; } = new(17, Bold: true);

    public static TextStyle Label { get; } = new(15);

    public static TextStyle Small { get; } = new(Smallest, Colour: Ink.Muted);

    public double LineHeight => Size * 1.25;

    /// <summary>How far below the middle of a line its baseline lies.</summary>
    public double Drop => Size * 0.35;
}
