namespace SiOutcomeLab.Statistics.Looks;

/// <summary>
/// Estimand: the estimate's own; the interval holds the truth at all times at once, however often and whenever somebody looks.
/// Formula: estimate ± s √(2(nρ² + 1)/(nρ²) · ln(√(nρ² + 1)/α)), s its standard error from n observations, and
/// ρ² = (−2 ln α + ln(−2 ln α + 1))/m, which makes the interval narrowest near m observations (Robbins' normal mixture).
/// Arguments: see <see cref="At"/>. Result: both ends. Not estimable when: never.
/// Ties, order, seed: none. The guarantee is asymptotic: it holds from a first look with enough observations for a normal limit.
/// Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), Annals of Statistics 52(6), p. 2613–2640, theorem 2.2 and eq. 10;
/// Robbins (1970), Annals of Mathematical Statistics 41(5), p. 1397–1409.
/// Checked against: the mixture martingale written out, and simulated coverage over whole paths, in the tests.
/// </summary>
public static class ConfidenceSequence
{
    /// <summary>The interval at one time.</summary>
    /// <param name="estimate">The estimate, an average of n influence values.</param>
    /// <param name="standardError">Its standard error, at least 0.</param>
    /// <param name="observations">n: independent observations behind it so far, above 0.</param>
    /// <param name="narrowestAt">m: the number of observations, fixed beforehand, for which it is to be narrowest, above 0.</param>
    /// <param name="level">Confidence level over all times, in (0, 1).</param>
    /// <returns>Lower and upper end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    public static (double Low, double High) At(
        double estimate, double standardError, double observations, double narrowestAt, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(standardError);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(observations);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(narrowestAt);
        RowGuards.Level(level);
        var width = standardError * CriticalValue(observations, narrowestAt, 1 - level);
        return (estimate - width, estimate + width);
    }

    /// <summary>The factor on the standard error.</summary>
    /// <param name="observations">n, above 0.</param>
    /// <param name="narrowestAt">m, above 0.</param>
    /// <param name="alpha">Error rate over all times, in (0, 1).</param>
    /// <returns>Above the normal quantile that a single look would take.</returns>
    public static double CriticalValue(double observations, double narrowestAt, double alpha)
    {
        var size = -2 * Math.Log(alpha);
        var mixture = observations * (size + Math.Log(size + 1)) / narrowestAt;
        return Math.Sqrt(2 * (mixture + 1) / mixture * Math.Log(Math.Sqrt(mixture + 1) / alpha));
    }
}
