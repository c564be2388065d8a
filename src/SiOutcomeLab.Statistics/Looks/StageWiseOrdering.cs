using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Looks;

/// <summary>
/// Estimand: the effect, after looking several times and stopping at one look.
/// Formula: outcomes are ordered by stopping above at an earlier look first, then by Z at the same look. With P(η) the probability of an
/// outcome at least as high at drift η: p = P(0), the median-unbiased estimate solves P(η) = ½, the interval's ends P(η) = α/2 and
/// 1 − α/2. The effect is η × √t × standard error.
/// Arguments: the plan, the look it stopped at, estimate and standard error there. Result: <see cref="StageWiseResult"/>.
/// Not estimable when: never. Ties, order, seed: no randomness.
/// Source: Jennison and Turnbull (2000), Group Sequential Methods, §8.4–8.5; Tsiatis, Rosner and Mehta (1984), Biometrics 40(3),
/// p. 797–803. Checked against: simulation of the median and of the p-value's distribution in the tests; one look gives the usual numbers.
/// </summary>
public static class StageWiseOrdering
{
    private const double Widest = 12;

    /// <summary>Estimate, p-value and interval after stopping.</summary>
    /// <param name="design">The plan of looks.</param>
    /// <param name="look">The look at which it stopped, from 1.</param>
    /// <param name="estimate">The estimate there.</param>
    /// <param name="standardError">Its standard error there, above 0.</param>
    /// <returns>The numbers to report.</returns>
    /// <exception cref="ArgumentException">There is no such look, or a number is not finite or not above 0 where it must be.</exception>
    public static StageWiseResult Analyse(GroupSequentialDesign design, int look, double estimate, double standardError)
    {
        ArgumentNullException.ThrowIfNull(design);
        design.BoundOf(look);
        if (!double.IsFinite(estimate)) throw new ArgumentException("The estimate must be finite.", nameof(estimate));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(standardError);
        var z = estimate / standardError;
        var root = Math.Sqrt(design.Fractions[look - 1]);
        var side = design.TwoSided ? design.Alpha / 2 : design.Alpha;
        var above = Higher(design, look, z, 0);
        double Effect(double probability) => standardError * root * BracketedRoot.Find(
            drift => Higher(design, look, z, drift) - probability, Start(-1), Start(1), 1e-9);
        double Start(int sign) => (z / root) + (sign * Widest / Math.Sqrt(design.Fractions[0]));
        return new StageWiseResult(
            above, design.TwoSided ? 2 * Math.Min(above, 1 - above) : above, Effect(0.5), Effect(side), Effect(1 - side));
    }

    private static double Higher(GroupSequentialDesign design, int look, double z, double drift)
    {
        var density = ContinuationDensity.Start(drift);
        var sum = 0.0;
        for (var k = 0; k < look - 1; k++)
        {
            var (information, bound) = (design.Fractions[k], design.Bounds[k]);
            sum += density.Above(information, bound);
            density = density.Next(information, design.TwoSided ? -bound : double.NegativeInfinity, bound, design.Fractions[k + 1]);
        }

        return sum + density.Above(design.Fractions[look - 1], z);
    }
}
