using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Power;

/// <summary>
/// Estimand: the probability of calling a difference of two means significant when it is real.
/// Formula: P(T &gt; t_{α/2}(ν)) for T noncentral t with ν = n₁ + n₀ − 2 and noncentrality |δ|/(σ√(v(1/n₁ + 1/n₀))), v the variance
/// inflation; ν = given degrees of freedom (clusters − 2) when there are clusters. As R does by default, significance in the wrong
/// direction is not counted as power; <see cref="Strict"/> counts it.
/// Arguments: the properties. Result: power in [0, 1]; persons as a number to round up; effect in the outcome's unit.
/// Not estimable when: never. Ties, order, seed: none.
/// Source: Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd ed., §2.2; as R's power.t.test.
/// Checked against: power.t.test's documented values, AS 243 written out in the tests, and simulation.
/// </summary>
public sealed record TwoMeans
{
    private const double MostPersons = 1e12;

    /// <summary>Standard deviation of the outcome within arms, above 0.</summary>
    public double StandardDeviation { get; init; } = 1;

    /// <summary>Level, in (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>True when an effect in either direction may be called.</summary>
    public bool TwoSided { get; init; } = true;

    /// <summary>True to count significance in the wrong direction as power.</summary>
    public bool Strict { get; init; }

    /// <summary>Factor on the variance; see <see cref="VarianceInflation"/>.</summary>
    public double Inflation { get; init; } = 1;

    /// <summary>Degrees of freedom, or null for n₁ + n₀ − 2.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>Power of a sample.</summary>
    /// <param name="treated">Persons treated, above 1; need not be whole.</param>
    /// <param name="comparison">Comparison persons, above 1.</param>
    /// <param name="difference">The true difference, in the outcome's unit.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or property is outside of its range.</exception>
    public double Power(double treated, double comparison, double difference)
    {
        Guard();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(treated, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(comparison, 1);
        var error = StandardDeviation * Math.Sqrt(Inflation * ((1 / treated) + (1 / comparison)));
        return TTest.Power(Math.Abs(difference) / error, DegreesOfFreedom ?? (treated + comparison - 2), Alpha, TwoSided, Strict);
    }

    /// <summary>Persons treated that a power takes.</summary>
    /// <param name="difference">The true difference, not 0.</param>
    /// <param name="power">Power, above the level and under 1.</param>
    /// <param name="ratio">Comparison persons per treated person, above 0.</param>
    /// <returns>A number to round up; never under 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or property is outside of its range.</exception>
    public double Treated(double difference, double power, double ratio = 1)
    {
        Guard();
        PowerGuards.Target(power, Alpha);
        ArgumentOutOfRangeException.ThrowIfZero(difference);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratio);
        var fewest = 2 / Math.Min(1, ratio);
        double Excess(double n) => Power(n, ratio * n, difference) - power;
        return Excess(fewest) >= 0 ? fewest : PowerGuards.Root(Excess, fewest, MostPersons);
    }

    /// <summary>The smallest difference that a sample has a given power for.</summary>
    /// <param name="treated">Persons treated, above 1.</param>
    /// <param name="comparison">Comparison persons, above 1.</param>
    /// <param name="power">Power, above the level and under 1.</param>
    /// <returns>Above 0, in the outcome's unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or property is outside of its range.</exception>
    public double MinimumDetectableEffect(double treated, double comparison, double power = 0.8)
    {
        Guard();
        PowerGuards.Target(power, Alpha);
        return StandardDeviation * PowerGuards.Root(
            standardised => Power(treated, comparison, standardised * StandardDeviation) - power, 0, 1e6);
    }

    private void Guard()
    {
        PowerGuards.Level(Alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(StandardDeviation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Inflation);
        if (DegreesOfFreedom is { } given) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(given, nameof(DegreesOfFreedom));
    }
}
