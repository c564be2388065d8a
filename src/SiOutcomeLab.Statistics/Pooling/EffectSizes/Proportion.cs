namespace SiOutcomeLab.Statistics.Pooling.EffectSizes;

/// <summary>
/// Estimand: one group's risk, as it is or on a scale where it is closer to normal.
/// Formula: given with each maker; p = x / n. ½ is added to events and non-events, only if one is 0, for <see cref="Raw"/> and
/// <see cref="Logit"/>.
/// Arguments: x events among n persons, 0 ≤ x ≤ n, n ≥ 1.
/// Result: <see cref="EffectSize"/>.
/// Not estimable when: never.
/// Ties, order, seed: none.
/// Source: Freeman and Tukey (1950), Annals of Mathematical Statistics 21(4), p. 607–611; Schwarzer, Chemaitelly, Abu-Raddad and Rücker
/// (2019), Research Synthesis Methods 10(3), p. 476–483 (why the double arcsine should not be transformed back for a pool).
/// Checked against: metafor 3.8-1 escalc (1e-10).
/// </summary>
public static class Proportion
{
    /// <summary>p, variance p(1 − p) / n.</summary>
    /// <param name="events">x.</param>
    /// <param name="persons">n.</param>
    /// <returns>The proportion.</returns>
    public static EffectSize Raw(int events, int persons)
    {
        var (x, n) = Corrected(events, persons);
        return new(x / n, x * (n - x) / (n * n * n));
    }

    /// <summary>log(x / (n − x)), variance 1/x + 1/(n − x).</summary>
    /// <param name="events">x.</param>
    /// <param name="persons">n.</param>
    /// <returns>The log odds.</returns>
    public static EffectSize Logit(int events, int persons)
    {
        var (x, n) = Corrected(events, persons);
        return new(Math.Log(x / (n - x)), (1 / x) + (1 / (n - x)));
    }

    /// <summary>arcsin √p, variance 1/(4n).</summary>
    /// <param name="events">x.</param>
    /// <param name="persons">n.</param>
    /// <returns>The angle in radians.</returns>
    public static EffectSize Arcsine(int events, int persons)
    {
        Guard(events, persons);
        return new(Math.Asin(Math.Sqrt(events / (double)persons)), 1 / (4.0 * persons));
    }

    /// <summary>½ (arcsin √(x / (n + 1)) + arcsin √((x + 1) / (n + 1))), variance 1/(4n + 2).</summary>
    /// <param name="events">x.</param>
    /// <param name="persons">n.</param>
    /// <returns>Freeman and Tukey's angle in radians.</returns>
    public static EffectSize DoubleArcsine(int events, int persons)
    {
        Guard(events, persons);
        double x = events, n = persons;
        return new(0.5 * (Math.Asin(Math.Sqrt(x / (n + 1))) + Math.Asin(Math.Sqrt((x + 1) / (n + 1)))), 1 / ((4 * n) + 2));
    }

    private static (double Events, double Persons) Corrected(int events, int persons)
    {
        Guard(events, persons);
        return events == 0 || events == persons ? (events + 0.5, persons + 1.0) : (events, persons);
    }

    private static void Guard(int events, int persons)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(persons, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events, persons);
    }
}
