namespace SiOutcomeLab.Statistics.Power;

/// <summary>
/// Estimand: the probability of calling a mean difference within matched pairs significant when it is real.
/// Formula: P(T &gt; t_{α/2}(n − 1)) for T noncentral t with noncentrality √n |δ|/σ_d; with outcomes of standard deviation σ correlated r
/// within pairs, σ_d = σ√(2(1 − r)).
/// Arguments: the properties. Result: power in [0, 1]; pairs as a number to round up; effect in the outcome's unit.
/// Not estimable when: never. Ties, order, seed: none. Source: as <see cref="TwoMeans"/>, §2.3.5.
/// Checked against: R's power.t.test(type = "paired") by its formula, and a simulation in the tests.
/// </summary>
public sealed record PairedMeans
{
    private const double MostPairs = 1e12;

    /// <summary>Standard deviation of the differences within pairs, above 0.</summary>
    public double DifferenceDeviation { get; init; } = 1;

    /// <summary>Level, in (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>True when an effect in either direction may be called.</summary>
    public bool TwoSided { get; init; } = true;

    /// <summary>True to count significance in the wrong direction as power.</summary>
    public bool Strict { get; init; }

    /// <summary>Power of a sample.</summary>
    /// <param name="pairs">Matched pairs, above 1; need not be whole.</param>
    /// <param name="difference">The true difference.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or property is outside of its range.</exception>
    public double Power(double pairs, double difference)
    {
        PowerGuards.Level(Alpha);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(DifferenceDeviation);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(pairs, 1);
        return TTest.Power(Math.Sqrt(pairs) * Math.Abs(difference) / DifferenceDeviation, pairs - 1, Alpha, TwoSided, Strict);
    }

    /// <summary>Pairs that a power takes.</summary>
    /// <param name="difference">The true difference, not 0.</param>
    /// <param name="power">Power, above the level and under 1.</param>
    /// <returns>A number to round up; never under 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or property is outside of its range.</exception>
    public double Pairs(double difference, double power)
    {
        PowerGuards.Target(power, Alpha);
        ArgumentOutOfRangeException.ThrowIfZero(difference);
        double Excess(double n) => Power(n, difference) - power;
        return Excess(2) >= 0 ? 2 : PowerGuards.Root(Excess, 2, MostPairs);
    }

    /// <summary>The smallest difference that a sample has a given power for.</summary>
    /// <param name="pairs">Matched pairs, above 1.</param>
    /// <param name="power">Power, above the level and under 1.</param>
    /// <returns>Above 0, in the outcome's unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or property is outside of its range.</exception>
    public double MinimumDetectableEffect(double pairs, double power = 0.8)
    {
        PowerGuards.Target(power, Alpha);
        return DifferenceDeviation * PowerGuards.Root(standardised => Power(pairs, standardised * DifferenceDeviation) - power, 0, 1e6);
    }
}
