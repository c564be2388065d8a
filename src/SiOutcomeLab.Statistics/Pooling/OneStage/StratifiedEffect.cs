namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>An effect estimated from all strata in one stage.</summary>
/// <param name="Effect">Log odds ratio or log rate ratio with its normal interval; with random effects, the strata's mean.</param>
/// <param name="Tau">Standard deviation of strata's true effects; 0 for a common effect, and when the likelihood is highest there.</param>
/// <param name="TauStandardError">Of <paramref name="Tau"/>; NaN at 0.</param>
/// <param name="LogLikelihood">Marginal log-likelihood, given the strata's margins.</param>
/// <param name="HeterogeneityPValue">
/// Likelihood-ratio test of τ = 0, half of χ² with one degree of freedom (the bound is tested); 1 for a common effect.
/// </param>
/// <param name="StrataUsed">Strata that tell something about the effect.</param>
/// <param name="StrataSilent">Strata without events, or with nothing but events, or whose margins allow one table only.</param>
/// <param name="StrataEffects">Each stratum's effect shrunk to the mean (posterior mode), with its conditional standard error.</param>
public sealed record StratifiedEffect(
    PooledCoefficient Effect,
    double Tau,
    double TauStandardError,
    double LogLikelihood,
    double HeterogeneityPValue,
    int StrataUsed,
    int StrataSilent,
    IReadOnlyList<(double Estimate, double StandardError)> StrataEffects);
