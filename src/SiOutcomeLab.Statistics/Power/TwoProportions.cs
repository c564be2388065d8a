using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Power;

/// <summary>
/// Estimand: the probability of calling a difference of two shares significant when it is real.
/// Formula: Φ((|p₁ − p₀| − z_{α/2} s)/u) with s² = v p̄(1 − p̄)(1/n₁ + 1/n₀), p̄ the share of both arms together, and
/// u² = v (p₁(1 − p₁)/n₁ + p₀(1 − p₀)/n₀), v the variance inflation. As R does by default, significance in the wrong direction is not
/// counted; <see cref="Strict"/> counts it.
/// Arguments: the properties. Result: power in [0, 1]; persons as a number to round up; a share for the smallest effect.
/// Not estimable when: see <see cref="DetectableShare"/>. Ties, order, seed: none.
/// Source: Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 3rd ed., eq. 4.14 without the continuity
/// correction; as R's power.prop.test for equal arms. Checked against: power.prop.test's documented values, and simulation.
/// </summary>
public sealed record TwoProportions
{
    private const double MostPersons = 1e12;

    /// <summary>Level, in (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>True when an effect in either direction may be called.</summary>
    public bool TwoSided { get; init; } = true;

    /// <summary>True to count significance in the wrong direction as power.</summary>
    public bool Strict { get; init; }

    /// <summary>Factor on the variance; see <see cref="VarianceInflation"/>.</summary>
    public double Inflation { get; init; } = 1;

    /// <summary>Power of a sample.</summary>
    /// <param name="treated">Persons treated, above 0; need not be whole.</param>
    /// <param name="comparison">Comparison persons, above 0.</param>
    /// <param name="treatedShare">Share with the outcome when treated, in [0, 1].</param>
    /// <param name="comparisonShare">Share with the outcome otherwise, in [0, 1]; with the other not both 0 or both 1.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or property is outside of its range.</exception>
    public double Power(double treated, double comparison, double treatedShare, double comparisonShare)
    {
        PowerGuards.Level(Alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Inflation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(treated);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(comparison);
        Share(treatedShare, nameof(treatedShare));
        Share(comparisonShare, nameof(comparisonShare));
        var pooled = ((treated * treatedShare) + (comparison * comparisonShare)) / (treated + comparison);
        var under = Math.Sqrt(Inflation * pooled * (1 - pooled) * ((1 / treated) + (1 / comparison)));
        var real = Math.Sqrt(
            Inflation * ((treatedShare * (1 - treatedShare) / treated) + (comparisonShare * (1 - comparisonShare) / comparison)));
        var difference = Math.Abs(treatedShare - comparisonShare);
        var margin = Quantiles.NormalUpper(TwoSided ? Alpha / 2 : Alpha) * under;
        // Two shares of 0 and 1 leave no doubt.
        if (real == 0) return difference > margin ? 1 : 0;

        var upper = Normal.CDF(0, 1, (difference - margin) / real);
        return TwoSided && Strict ? upper + Normal.CDF(0, 1, (-difference - margin) / real) : upper;
    }

    /// <summary>Persons treated that a power takes.</summary>
    /// <param name="treatedShare">Share with the outcome when treated, in [0, 1].</param>
    /// <param name="comparisonShare">Share with the outcome otherwise, in [0, 1], not the same.</param>
    /// <param name="power">Power, above the level and under 1.</param>
    /// <param name="ratio">Comparison persons per treated person, above 0.</param>
    /// <returns>A number to round up; never under 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or property is outside of its range.</exception>
    public double Treated(double treatedShare, double comparisonShare, double power, double ratio = 1)
    {
        PowerGuards.Target(power, Alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratio);
        ArgumentOutOfRangeException.ThrowIfEqual(treatedShare, comparisonShare);
        double Excess(double n) => Power(n, ratio * n, treatedShare, comparisonShare) - power;
        return Excess(1) >= 0 ? 1 : PowerGuards.Root(Excess, 1, MostPersons);
    }

    /// <summary>The treated share nearest to the comparison share that a sample has a given power for.</summary>
    /// <param name="treated">Persons treated, above 0.</param>
    /// <param name="comparison">Comparison persons, above 0.</param>
    /// <param name="comparisonShare">Share with the outcome without treatment, in [0, 1].</param>
    /// <param name="increase">True for a share above it, false for one below.</param>
    /// <param name="power">Power, above the level and under 1.</param>
    /// <returns>The treated share, or why no share reaches the power.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or property is outside of its range.</exception>
    public Estimable<double> DetectableShare(double treated, double comparison, double comparisonShare, bool increase, double power = 0.8)
    {
        PowerGuards.Target(power, Alpha);
        Share(comparisonShare, nameof(comparisonShare));
        var end = increase ? 1.0 : 0.0;
        if (comparisonShare == end || Power(treated, comparison, end, comparisonShare) < power)
        {
            return Estimable.Not<double>(
                NotEstimableReason.TooFewObservations, "Not even a change of the share to its limit would be detected with this power.");
        }

        // At no difference the power is half the level, so the root lies between.
        return Estimable.Of(BracketedRoot.Find(
            share => share == comparisonShare ? (Alpha / 2) - power : Power(treated, comparison, share, comparisonShare) - power,
            comparisonShare, end));
    }

    private static void Share(double value, string name)
    {
        if (value is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(name, value, "A share lies in [0, 1].");
    }
}
