namespace SiOutcomeLab.Statistics.Effects.Subgroups;

/// <summary>Effects within subgroups named beforehand, their covariance, and whether they differ.</summary>
public sealed class SubgroupResult
{
    /// <summary>Every subgroup in the order of its code, estimable or not.</summary>
    public required IReadOnlyList<SubgroupEffect> Subgroups { get; init; }

    /// <summary>Codes of the estimable subgroups, in order: rows and columns of <see cref="Covariance"/>.</summary>
    public required IReadOnlyList<int> Estimated { get; init; }

    /// <summary>
    /// Covariance of the estimable subgroups' effects from influence values, row-major; not diagonal where clusters reach over subgroups or
    /// where a model is shared.
    /// </summary>
    public required ReadOnlyMemory<double> Covariance { get; init; }

    /// <summary>The test of equal effects, or why there is none.</summary>
    public required Estimable<InteractionTest> Interaction { get; init; }
}
