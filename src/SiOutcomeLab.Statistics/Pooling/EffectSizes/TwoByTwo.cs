namespace SiOutcomeLab.Statistics.Pooling.EffectSizes;

/// <summary>
/// Estimand: the difference or ratio that each maker names, from counts of events in two groups.
/// Formula: given with each maker; p = events / persons. Where a ratio or odds need it, ½ is added to all four cells, only if one is 0
/// (<see cref="LogRiskRatio"/>, <see cref="LogOddsRatio"/>, <see cref="RiskDifference"/>).
/// Arguments: the four cells, whole and not negative, each group with at least one person.
/// Result: <see cref="EffectSize"/> per table. Small or zero cells: rather use a one-stage model, which needs no added halves.
/// Not estimable when: a Peto ratio of a table with no event or no non-event at all.
/// Ties, order, seed: none.
/// Source: Fleiss and Berlin (2009), Handbook of Research Synthesis, 2nd ed., ch. 13; Rücker, Schwarzer, Carpenter and Olkin (2009),
/// Statistics in Medicine 28(5), p. 721–738 (arcsine); Yusuf, Peto, Lewis, Collins and Sleight (1985), Progress in Cardiovascular Diseases
/// 27(5), p. 335–371.
/// Checked against: metafor 3.8-1 escalc (1e-10).
/// </summary>
public sealed record TwoByTwo
{
    /// <summary>Makes a table.</summary>
    /// <param name="treatedEvents">Events among the treated.</param>
    /// <param name="treatedOthers">Treated persons without the event.</param>
    /// <param name="comparisonEvents">Events in the comparison group.</param>
    /// <param name="comparisonOthers">Comparison persons without the event.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or a group is empty.</exception>
    public TwoByTwo(int treatedEvents, int treatedOthers, int comparisonEvents, int comparisonOthers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(treatedEvents);
        ArgumentOutOfRangeException.ThrowIfNegative(treatedOthers);
        ArgumentOutOfRangeException.ThrowIfNegative(comparisonEvents);
        ArgumentOutOfRangeException.ThrowIfNegative(comparisonOthers);
        ArgumentOutOfRangeException.ThrowIfZero((long)treatedEvents + treatedOthers, nameof(treatedOthers));
        ArgumentOutOfRangeException.ThrowIfZero((long)comparisonEvents + comparisonOthers, nameof(comparisonOthers));
        (TreatedEvents, TreatedOthers) = (treatedEvents, treatedOthers);
        (ComparisonEvents, ComparisonOthers) = (comparisonEvents, comparisonOthers);
    }

    /// <summary>Events among the treated, a.</summary>
    public int TreatedEvents { get; }

    /// <summary>Treated persons without the event, b.</summary>
    public int TreatedOthers { get; }

    /// <summary>Events in the comparison group, c.</summary>
    public int ComparisonEvents { get; }

    /// <summary>Comparison persons without the event, d.</summary>
    public int ComparisonOthers { get; }

    /// <summary>Treated persons, n₁.</summary>
    public double Treated => (double)TreatedEvents + TreatedOthers;

    /// <summary>Comparison persons, n₀.</summary>
    public double Comparison => (double)ComparisonEvents + ComparisonOthers;

    /// <summary>All persons.</summary>
    public double Persons => Treated + Comparison;

    /// <summary>All events.</summary>
    public double Events => (double)TreatedEvents + ComparisonEvents;

    /// <summary>Expected events among the treated if nothing differed, given the margins.</summary>
    public double ExpectedTreatedEvents => Treated * Events / Persons;

    /// <summary>Hypergeometric variance of the treated's events if nothing differed.</summary>
    public double HypergeometricVariance =>
        Persons > 1 ? Treated * Comparison * (Events / Persons) * ((Persons - Events) / (Persons * (Persons - 1))) : 0;

    /// <summary>log((a / n₁) / (c / n₀)), variance 1/a − 1/n₁ + 1/c − 1/n₀.</summary>
    /// <returns>The log risk ratio.</returns>
    public EffectSize LogRiskRatio()
    {
        var (a, b, c, d) = Corrected();
        return new(Math.Log(a / (a + b) / (c / (c + d))), (1 / a) - (1 / (a + b)) + (1 / c) - (1 / (c + d)));
    }

    /// <summary>log(ad / bc), variance 1/a + 1/b + 1/c + 1/d.</summary>
    /// <returns>The log odds ratio.</returns>
    public EffectSize LogOddsRatio()
    {
        var (a, b, c, d) = Corrected();
        return new(Math.Log(a / b * (d / c)), (1 / a) + (1 / b) + (1 / c) + (1 / d));
    }

    /// <summary>a / n₁ − c / n₀, variance p₁(1 − p₁) / n₁ + p₀(1 − p₀) / n₀.</summary>
    /// <returns>The risk difference.</returns>
    public EffectSize RiskDifference()
    {
        var (a, b, c, d) = Corrected();
        var (n1, n0) = (a + b, c + d);
        return new((a / n1) - (c / n0), (a * b / (n1 * n1 * n1)) + (c * d / (n0 * n0 * n0)));
    }

    /// <summary>arcsin √p₁ − arcsin √p₀, variance 1/(4n₁) + 1/(4n₀).</summary>
    /// <returns>The arcsine difference; needs no correction.</returns>
    public EffectSize ArcsineDifference() => new(
        Math.Asin(Math.Sqrt(TreatedEvents / Treated)) - Math.Asin(Math.Sqrt(ComparisonEvents / Comparison)),
        (1 / (4 * Treated)) + (1 / (4 * Comparison)));

    /// <summary>(a − E) / V, variance 1 / V, with E and V hypergeometric.</summary>
    /// <returns>Peto's log odds ratio, or why there is none.</returns>
    public Estimable<EffectSize> PetoLogOddsRatio()
    {
        var v = HypergeometricVariance;
        return v > 0
            ? Estimable.Of(new EffectSize((TreatedEvents - ExpectedTreatedEvents) / v, 1 / v))
            : Estimable.Not<EffectSize>(NotEstimableReason.NoVariation, "Nobody or everybody has the event.");
    }

    private (double A, double B, double C, double D) Corrected()
    {
        var half = TreatedEvents == 0 || TreatedOthers == 0 || ComparisonEvents == 0 || ComparisonOthers == 0 ? 0.5 : 0;
        return (TreatedEvents + half, TreatedOthers + half, ComparisonEvents + half, ComparisonOthers + half);
    }
}
