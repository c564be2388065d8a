using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Domain.Benchmarks;

/// <summary>The mean of the municipalities' true effects, and how much these differ; in the measure's unit.</summary>
/// <param name="Point">The pooled effect.</param>
/// <param name="StandardError">Its standard error, with Hartung and Knapp's factor.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
/// <param name="PValue">Two-sided, of no effect.</param>
/// <param name="TauSquared">The variance of true effects.</param>
/// <param name="ISquared">The share of the estimates' variance that is not sampling error, in per cent.</param>
/// <param name="Q">Cochran's Q.</param>
/// <param name="QDegreesOfFreedom">Its degrees of freedom.</param>
/// <param name="QPValue">Its upper tail.</param>
/// <param name="PredictionLow">The lower end of the interval in which a further municipality's true effect is expected, with what few
/// municipalities leave unknown of how much they differ. At 95 % such intervals held it in 94.3–100 % of simulated cases with 3–20
/// municipalities: most often where these hardly differ.</param>
/// <param name="PredictionHigh">The upper end.</param>
/// <param name="LargestCorrelation">The largest correlation of two municipalities' sampling errors, by shared persons; signed.</param>
public sealed record PooledEffect(
    double Point,
    double StandardError,
    double Low,
    double High,
    double PValue,
    double TauSquared,
    double ISquared,
    double Q,
    int QDegreesOfFreedom,
    double QPValue,
    double PredictionLow,
    double PredictionHigh,
    double LargestCorrelation);

/// <summary>The one-stage model's answer for a yes-or-no outcome.</summary>
/// <param name="OddsRatio">The mean of the municipalities' odds ratios, on the log scale.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
/// <param name="Tau">The standard deviation of true log odds ratios.</param>
/// <param name="HeterogeneityPValue">Of τ = 0.</param>
/// <param name="Used">Municipalities whose table tells something.</param>
/// <param name="Silent">Those whose table tells nothing.</param>
public sealed record PooledOddsRatio(double OddsRatio, double Low, double High, double Tau, double HeterogeneityPValue, int Used, int Silent);

/// <summary>Balance of one covariate over the contributors that balance it.</summary>
/// <param name="Covariate">The design column.</param>
/// <param name="Contributors">How many contributors balance it.</param>
/// <param name="MeanBefore">The mean absolute standardised difference before balancing, by participants.</param>
/// <param name="MeanAfter">The same after.</param>
/// <param name="WorstAfter">The largest after.</param>
/// <param name="Worst">Whose that is.</param>
public sealed record PooledBalance(
    string Covariate, int Contributors, double MeanBefore, double MeanAfter, double WorstAfter, OrganisationId Worst);
