namespace SiOutcomeLab.Charts.Drawing;

/// <summary>How a shape is filled and outlined.</summary>
internal readonly record struct Paint(string Fill, string Stroke, double Width = 0, string? Dash = null)
{
    public static Paint Filled(string colour) => new(colour, "none");

    public static Paint Hollow(string colour, double width = 2) => new(Ink.Paper, colour, width);

    public static Paint Line(string colour, double width = 1.5, string? dash = null) => new("none", colour, width, dash);
}
