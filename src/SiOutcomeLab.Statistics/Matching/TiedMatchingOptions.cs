namespace SiOutcomeLab.Statistics.Matching;

/// <summary>How neighbours with ties are found. The defaults are Abadie and Imbens' simplest estimator.</summary>
public sealed record TiedMatchingOptions
{
    /// <summary>Neighbours per row, at least 1; more when the last ties with others.</summary>
    public int Matches { get; init; } = 1;

    /// <summary>Treated, untreated or everyone: who is matched.</summary>
    public Estimand Estimand { get; init; } = Estimand.Treated;

    /// <summary>What makes the distance.</summary>
    public DistanceMetric Metric { get; init; } = DistanceMetric.InverseVariance;

    /// <summary>
    /// Rows whose squared distance is at most this above the last neighbour's count as tied with it. 0 leaves ties up to rounding; R's
    /// Match has 10⁻⁵, which makes ties of what is none.
    /// </summary>
    public double TieTolerance { get; init; }

    /// <summary>
    /// Neighbours of a row's own arm that tell the variance of its outcome, at least 1; null to take it as equal for all rows, from
    /// differences within matches.
    /// </summary>
    public int? VarianceNeighbours { get; init; }

    /// <summary>Largest differences allowed in covariates; rows with fewer neighbours in reach than asked for are left out.</summary>
    public IReadOnlyList<CovariateCaliper> CovariateCalipers { get; init; } = [];

    internal void Guard()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Matches, 1);
        if (VarianceNeighbours is { } neighbours) ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1, nameof(VarianceNeighbours));
        if (!(TieTolerance >= 0)) throw new ArgumentOutOfRangeException(nameof(TieTolerance), TieTolerance, "A tolerance is at least 0.");
        if (Estimand is not (Estimand.Treated or Estimand.Untreated or Estimand.Everyone))
        {
            throw new ArgumentOutOfRangeException(nameof(Estimand), Estimand, "Matched are the treated, the untreated or everyone.");
        }
    }
}
