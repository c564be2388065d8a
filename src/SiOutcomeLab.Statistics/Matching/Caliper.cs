namespace SiOutcomeLab.Statistics.Matching;

/// <summary>The largest distance that a pair may have, its own bound included.</summary>
public sealed record Caliper
{
    private Caliper(double width, bool inStandardDeviations)
    {
        if (!(width > 0 && double.IsFinite(width)))
        {
            throw new ArgumentOutOfRangeException(nameof(width), width, "A caliper is positive and finite; leave it out for none.");
        }

        Width = width;
        InStandardDeviations = inStandardDeviations;
    }

    /// <summary>The width, in the unit told by <see cref="InStandardDeviations"/>; above 0.</summary>
    public double Width { get; }

    /// <summary>
    /// True when the width counts standard deviations (n − 1, all rows) of what is matched on; false when it is in its unit.
    /// </summary>
    public bool InStandardDeviations { get; }

    /// <summary>A width in standard deviations of what is matched on, over all rows of both arms.</summary>
    /// <param name="width">Above 0, for instance 0.2.</param>
    /// <returns>The caliper.</returns>
    public static Caliper StandardDeviations(double width) => new(width, true);

    /// <summary>A width in the unit of what is matched on.</summary>
    /// <param name="width">Above 0.</param>
    /// <returns>The caliper.</returns>
    public static Caliper Raw(double width) => new(width, false);
}
