namespace SiOutcomeLab.Statistics.Matching;

/// <summary>The largest difference in one covariate that a pair may have, beside the caliper on what is matched on.</summary>
public sealed record CovariateCaliper
{
    /// <summary>Makes a covariate caliper.</summary>
    /// <param name="name">The covariate's name.</param>
    /// <param name="values">One finite value per row; not copied.</param>
    /// <param name="width">The largest difference, its own bound included.</param>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public CovariateCaliper(string name, ReadOnlyMemory<double> values, Caliper width)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(width);
        RowGuards.Finite(values.Span, name);
        (Name, Values, Width) = (name, values, width);
    }

    /// <summary>The covariate's name.</summary>
    public string Name { get; }

    /// <summary>One value per row.</summary>
    public ReadOnlyMemory<double> Values { get; }

    /// <summary>The largest difference.</summary>
    public Caliper Width { get; }
}
