namespace SiOutcomeLab.Statistics.Pooling.Profiling;

/// <summary>
/// Estimand: the risk that a group would have if its strata had a standard population's shares; comparable between groups.
/// Formula: Σ wₛ pₛ with pₛ the group's risk in stratum s and w the standard's shares; variance Σ wₛ² pₛ(1 − pₛ) / nₛ.
/// Arguments: see <see cref="Rate"/>.
/// Result: rate and standard error.
/// Not estimable when: the group has nobody in a stratum that the standard has.
/// Ties, order, seed: none.
/// Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, §2.2; Fleiss, Levin and Paik (2003), Statistical Methods for
/// Rates and Proportions, 3rd ed., §19.1.
/// Checked against: R on 28 groups (1e-9).
/// </summary>
public static class DirectStandardisation
{
    /// <summary>One group's rate.</summary>
    /// <param name="events">Events per stratum.</param>
    /// <param name="persons">Persons per stratum; same length.</param>
    /// <param name="standard">The standard population per stratum, not negative (numbers or shares); same length.</param>
    /// <returns>Rate and standard error, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a number is out of range.</exception>
    public static Estimable<EffectSizes.EffectSize> Rate(
        ReadOnlySpan<int> events, ReadOnlySpan<int> persons, ReadOnlySpan<double> standard)
    {
        RowGuards.SameLength(events.Length, persons.Length, nameof(persons));
        RowGuards.SameLength(events.Length, standard.Length, nameof(standard));
        RowGuards.Finite(standard, nameof(standard));
        double total = 0, rate = 0, variance = 0;
        for (var s = 0; s < events.Length; s++)
        {
            if (standard[s] < 0 || events[s] < 0 || events[s] > persons[s])
            {
                throw new ArgumentException($"Stratum {s} holds a number out of range.", nameof(events));
            }

            total += standard[s];
        }

        if (!(total > 0)) throw new ArgumentException("The standard population is empty.", nameof(standard));
        for (var s = 0; s < events.Length; s++)
        {
            var share = standard[s] / total;
            if (share == 0) continue;
            if (persons[s] == 0)
            {
                return Estimable.Not<EffectSizes.EffectSize>(
                    NotEstimableReason.NoOverlap, $"The group has nobody in stratum {s} of the standard.");
            }

            var p = events[s] / (double)persons[s];
            rate += share * p;
            variance += share * share * p * (1 - p) / persons[s];
        }

        return Estimable.Of(new EffectSizes.EffectSize(rate, variance));
    }
}
