namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>Effects of treatment on the group's mean outcome, on each scale that the family has.</summary>
public sealed class GComputationResult
{
    /// <summary>
    /// Mean with treatment less mean without: a risk difference, a rate difference per unit of exposure, or a plain difference.
    /// </summary>
    public required EffectResult Difference { get; init; }

    /// <summary>Risk, rate or mean ratio; null for the linear family, whose means may be negative.</summary>
    public required RatioEffect? Ratio { get; init; }

    /// <summary>Marginal odds ratio; null but for the logistic family. It is not the coefficient, which holds within covariates.</summary>
    public required RatioEffect? OddsRatio { get; init; }

    /// <summary>Columns left out because they are constant or linear combinations of earlier ones among the used rows.</summary>
    public required IReadOnlyList<string> DroppedColumns { get; init; }
}
