namespace SiOutcomeLab.Charts;

/// <summary>What a power curve shows: how surely an effect would be seen with how many persons.</summary>
/// <param name="Lines">One to four, such as one per size of effect.</param>
/// <param name="CountLabel">What is counted along the axis, such as "Participants".</param>
public sealed record PowerData(IReadOnlyList<PowerLine> Lines, string CountLabel)
{
    /// <summary>The power that is asked for, 0 to 1.</summary>
    public double Target { get; init; } = 0.8;

    /// <summary>A point to look at, such as the numbers planned.</summary>
    public PowerMark? Mark { get; init; }
}

/// <summary>One curve.</summary>
/// <param name="Label">What it is for.</param>
/// <param name="Points">Drawn in the order of the count; the curve breaks where a point has no place.</param>
public sealed record PowerLine(string Label, IReadOnlyList<PowerPoint> Points);

/// <summary>The power with a number of persons.</summary>
/// <param name="Persons">How many.</param>
/// <param name="Power">0 to 1.</param>
public readonly record struct PowerPoint(double Persons, double Power);

/// <summary>A marked point.</summary>
/// <param name="Persons">How many.</param>
/// <param name="Power">0 to 1.</param>
/// <param name="Label">What it is, such as "Planned: 120 participants give 74 %".</param>
public sealed record PowerMark(double Persons, double Power, string Label);
