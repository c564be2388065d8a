namespace SiOutcomeLab.Charts;

/// <summary>What every picture has besides its data.</summary>
/// <param name="Title">Says what is shown; stands above the picture and names it for screen readers.</param>
/// <param name="Description">Says what can be seen, for those who cannot see it: the finding, not the drawing.</param>
/// <param name="Language">The language of the picture's own words and numbers; give labels in the same.</param>
public sealed record ChartFrame(string Title, string Description, ChartLanguage Language)
{
    /// <summary>Units of the view box across, 320 to 1600. Text is 14 units or more: 480 reads on a telephone and on a page.</summary>
    public int Width { get; init; } = 480;

    /// <summary>Whether the title is drawn too; a page whose own heading says the same may turn it off.</summary>
    public bool ShowTitle { get; init; } = true;

    /// <summary>A line below the picture, such as its source; wrapped.</summary>
    public string? Note { get; init; }

    /// <summary>Prefix of the identifiers inside, a letter first; without it they are made from the content.</summary>
    public string? Id { get; init; }
}
