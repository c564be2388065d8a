namespace SiOutcomeLab.Cli.Inspecting;

/// <summary>A value as it is shown.</summary>
/// <param name="Text">The value's text; null where the row has none.</param>
/// <param name="IsBare">Whether the text stands in JSON as it is: a number or a truth value.</param>
internal readonly record struct InspectedCell(string? Text, bool IsBare = false)
{
    public static InspectedCell Null => default;

    public static InspectedCell Bare(string text) => new(text, IsBare: true);
}
