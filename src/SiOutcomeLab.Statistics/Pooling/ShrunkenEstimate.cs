namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>One source's true effect as its own estimate and all the others together tell it.</summary>
/// <param name="Estimate">Shrunken estimate, in the effect's unit.</param>
/// <param name="StandardError">Of the prediction, with the pooled effect's uncertainty.</param>
/// <param name="Low">Lower end of the interval at the model's level.</param>
/// <param name="High">Upper end.</param>
/// <param name="Kept">Weight of its own estimate, λ in [0, 1]; with a covariance matrix the diagonal of Λ.</param>
/// <param name="Deviation">Predicted deviation from what the model expects of it, uᵢ.</param>
/// <param name="DeviationStandardError">Of the deviation.</param>
/// <param name="ProbabilityAbove">
/// Probability that its true effect lies above what the model expects of it (without moderators: above the pooled effect), given the data
/// and τ²; 0.5 when τ² = 0, where no source differs.
/// </param>
public sealed record ShrunkenEstimate(
    double Estimate,
    double StandardError,
    double Low,
    double High,
    double Kept,
    double Deviation,
    double DeviationStandardError,
    double ProbabilityAbove);
