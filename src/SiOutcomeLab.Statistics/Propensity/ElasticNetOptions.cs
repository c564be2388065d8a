namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>How <see cref="ElasticNetLogistic"/> penalises and chooses.</summary>
public sealed record ElasticNetOptions
{
    /// <summary>α in [0, 1]: 1 is the lasso, 0 ridge.</summary>
    public double Mixing { get; init; } = 1;

    /// <summary>
    /// Number of penalties on the path, at least 2; from the smallest that leaves every column out, evenly in logarithms.
    /// </summary>
    public int Penalties { get; init; } = 100;

    /// <summary>Smallest over largest penalty, in (0, 1); null: 10⁻⁴, and 10⁻² with fewer rows than columns.</summary>
    public double? SmallestRatio { get; init; }

    /// <summary>Number of folds, at least 3.</summary>
    public int Folds { get; init; } = 10;

    /// <summary>Decides the folds.</summary>
    public required int Seed { get; init; }

    /// <summary>Cluster of each row of the sample that is fitted, kept whole in the folds; empty for none.</summary>
    public ReadOnlyMemory<int> Clusters { get; init; }

    /// <summary>Which penalty the fit takes.</summary>
    public PenaltyChoice Choice { get; init; } = PenaltyChoice.Minimum;

    internal void Guard()
    {
        if (Mixing is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(Mixing), Mixing, "Between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Penalties, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Folds, 3);
        if (SmallestRatio is not (null or (> 0 and < 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(SmallestRatio), SmallestRatio, "Between 0 and 1.");
        }

        if (!Enum.IsDefined(Choice)) throw new ArgumentOutOfRangeException(nameof(Choice), Choice, "Not a choice.");
    }
}
