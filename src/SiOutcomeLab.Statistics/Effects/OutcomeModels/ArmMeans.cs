namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>The group's mean outcome in either arm, and the models behind it (one and the same when additive).</summary>
internal sealed record ArmMeans
{
    public required GlmFit TreatedFit { get; init; }

    public required GlmFit ComparisonFit { get; init; }

    public required StandardisedMean Treated { get; init; }

    public required StandardisedMean Comparison { get; init; }

    public required IReadOnlyList<string> Dropped { get; init; }

    public bool OneModel => ReferenceEquals(TreatedFit, ComparisonFit);

    /// <summary>Number of coefficients in all.</summary>
    public int Coefficients => TreatedFit.Design.Size * (OneModel ? 1 : 2);
}
