namespace SiOutcomeLab.Statistics.Panel;

/// <summary>How well a pre-test sees a violation of parallel trends.</summary>
/// <param name="Violation">What each estimate before treatment would be on average, in the outcome's unit.</param>
/// <param name="Slope">The violation per unit of its direction; for linear trends the difference in trends per unit of time.</param>
/// <param name="Power">Probability that the test rejects under the violation.</param>
/// <param name="Level">Level of the test.</param>
/// <param name="Criterion">When the violation counts as seen.</param>
public sealed record TrendDetection(
    IReadOnlyList<double> Violation, double Slope, double Power, double Level, PreTrendCriterion Criterion)
{
    /// <summary>Probability of passing the test under the violation, over that under parallel trends.</summary>
    public double BayesFactorOfPassing => (1 - Power) / (1 - NullRejection);

    /// <summary>Probability that the test rejects under parallel trends.</summary>
    public required double NullRejection { get; init; }
}
