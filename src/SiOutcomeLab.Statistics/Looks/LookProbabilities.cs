namespace SiOutcomeLab.Statistics.Looks;

/// <summary>How a plan of looks behaves at one true effect.</summary>
/// <param name="Upper">Per look, the probability of stopping there above the upper bound.</param>
/// <param name="Lower">Per look, the probability of stopping there below the lower bound; all 0 for a one-sided plan.</param>
/// <param name="ExpectedFraction">Expected share of the information used, a path that never stops using all.</param>
public sealed record LookProbabilities(IReadOnlyList<double> Upper, IReadOnlyList<double> Lower, double ExpectedFraction)
{
    /// <summary>Probability of crossing the upper bound at some look.</summary>
    public double TotalUpper => Upper.Sum();

    /// <summary>Probability of crossing a bound at some look.</summary>
    public double Total => TotalUpper + Lower.Sum();
}
