using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>
/// An estimated effect, in full precision and with all that is needed to read it: whose effect it is, how certain, on how many.
/// </summary>
public sealed class EffectResult
{
    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>
    /// Whose average effect this is; <see cref="Estimand.MatchedTreated"/> when not all treated found a match. Treated rows lost in
    /// follow-up for whom attrition weights let others stand are among those it holds for.
    /// </summary>
    public required Estimand Estimand { get; init; }

    /// <summary>The effect, treated minus comparison, in the outcome's unit.</summary>
    public required double Estimate { get; init; }

    /// <summary>Standard error in the outcome's unit.</summary>
    public required double StandardError { get; init; }

    /// <summary>How the standard error was computed.</summary>
    public required StandardErrorType StandardErrorType { get; init; }

    /// <summary>
    /// Degrees of freedom of the t distribution behind interval and p-value: clusters − 1; infinite (normal) without clusters.
    /// </summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>Confidence level of the interval, for instance 0.95.</summary>
    public required double Level { get; init; }

    /// <summary>Treated rows with weight.</summary>
    public required int TreatedUsed { get; init; }

    /// <summary>Comparison rows with weight.</summary>
    public required int ComparisonUsed { get; init; }

    /// <summary>Kish's effective number of comparison rows.</summary>
    public required double EffectiveComparison { get; init; }

    /// <summary>Kish's effective number of treated rows.</summary>
    public required double EffectiveTreated { get; init; }

    /// <summary>Share of treated rows that have weight, in [0, 1]; those lost have none, also when others stand for them.</summary>
    public required double ShareOfTreatedRetained { get; init; }

    /// <summary>Mean outcome with treatment in the group that the effect holds for.</summary>
    public required double MeanTreated { get; init; }

    /// <summary>Estimated mean outcome of the same group without treatment.</summary>
    public double MeanCounterfactual => MeanTreated - Estimate;

    /// <summary>
    /// Influence value per input row (0 for unused rows), scaled so that the standard error is the square root of the sum over clusters
    /// of the squared sum within cluster (two-way standard errors excepted). Never released: it is a person-level number.
    /// </summary>
    public required ReadOnlyMemory<double> InfluenceValues { get; init; }

    /// <summary>Cluster per input row behind the standard error; empty when each row stands alone.</summary>
    public required ReadOnlyMemory<int> Clusters { get; init; }

    /// <summary>Other standard errors of the same estimate, for comparison.</summary>
    public required IReadOnlyList<StandardErrorValue> Alternatives { get; init; }

    /// <summary>Lower end of the confidence interval.</summary>
    public double ConfidenceLow => Estimate - (CriticalValue * StandardError);

    /// <summary>Upper end of the confidence interval.</summary>
    public double ConfidenceHigh => Estimate + (CriticalValue * StandardError);

    /// <summary>Two-sided p-value of no effect.</summary>
    public double PValue => UpperTails.StudentTwoSided(Estimate / StandardError, DegreesOfFreedom);

    /// <summary>The same effect with another error or for other rows.</summary>
    internal EffectResult Restated(
        string method, Uncertainty uncertainty, double[] influence, ReadOnlyMemory<int> clusters,
        IReadOnlyList<StandardErrorValue> alternatives) => new()
    {
        Method = method,
        Estimand = Estimand,
        Estimate = Estimate,
        StandardError = uncertainty.Value,
        StandardErrorType = uncertainty.Type,
        DegreesOfFreedom = uncertainty.DegreesOfFreedom,
        Level = Level,
        TreatedUsed = TreatedUsed,
        ComparisonUsed = ComparisonUsed,
        EffectiveTreated = EffectiveTreated,
        EffectiveComparison = EffectiveComparison,
        ShareOfTreatedRetained = ShareOfTreatedRetained,
        MeanTreated = MeanTreated,
        InfluenceValues = influence,
        Clusters = clusters,
        Alternatives = alternatives
    };

    private double CriticalValue => Quantiles.StudentUpper(DegreesOfFreedom, (1 - Level) / 2);
}
