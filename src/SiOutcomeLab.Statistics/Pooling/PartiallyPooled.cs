namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>What sources' estimates together tell of each true effect and of a further one, τ² unknown.</summary>
/// <param name="Sources">One per estimate, in order.</param>
/// <param name="Further">The interval in which the true effect of a further, similar source lies, in the effect's unit.</param>
public sealed record PartiallyPooled(IReadOnlyList<SourceEffect> Sources, ValueRange Further);

/// <summary>One source's true effect given all estimates.</summary>
/// <param name="Estimate">Its mean, in the effect's unit.</param>
/// <param name="StandardError">Its standard deviation.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Kept">Mean weight of its own estimate, λ in [0, 1].</param>
/// <param name="ProbabilityAbove">Probability that it lies above the pooled effect, itself uncertain.</param>
public sealed record SourceEffect(double Estimate, double StandardError, double Low, double High, double Kept, double ProbabilityAbove);
