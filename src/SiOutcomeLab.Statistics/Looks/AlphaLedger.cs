namespace SiOutcomeLab.Statistics.Looks;

/// <summary>One entry of an error budget: what a look has spent.</summary>
/// <param name="Version">Version of the plan that looked, from 1 on.</param>
/// <param name="Look">Number of the look within that version, from 1 on.</param>
/// <param name="Spent">Error spent by this look alone, both sides together, at least 0.</param>
public sealed record AlphaLedgerEntry(int Version, int Look, double Spent);

/// <summary>
/// Estimand: none; it keeps one error budget for one question over all looks and all versions of a plan.
/// Formula: remaining = α − Σ spent. A version's own budget is α less what earlier versions spent; the next look of it may spend
/// f(budget, t) less what the version has spent. By Boole's inequality the error over all versions stays within α, whatever made the
/// plan change.
/// Arguments: see the methods. Result: error rates, both sides together. Not estimable when: never; an empty budget allows 0.
/// Ties, order, seed: the order of entries changes nothing beyond rounding.
/// Source: Lan and DeMets (1983), Biometrika 70(3), p. 659–663, for one version; DeMets and Lan (1994), Statistics in Medicine 13,
/// p. 1341–1352. Checked against: hand computation and a simulated change of plan in the tests.
/// </summary>
public static class AlphaLedger
{
    // Bounds are solved to 1e-12, so a look may overspend by as much.
    private const double Rounding = 1e-9;

    /// <summary>Error spent so far.</summary>
    /// <param name="entries">All entries of the question.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="ArgumentException">An entry is negative or not finite, or a version's look comes twice.</exception>
    public static double Spent(IReadOnlyList<AlphaLedgerEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var seen = new HashSet<(int, int)>();
        foreach (var entry in entries)
        {
            if (entry.Spent is not (>= 0 and <= 1))
            {
                throw new ArgumentException($"What look {entry.Look} of version {entry.Version} spent is not in [0, 1].", nameof(entries));
            }

            if (entry.Version < 1 || entry.Look < 1 || !seen.Add((entry.Version, entry.Look)))
            {
                throw new ArgumentException($"Look {entry.Look} of version {entry.Version} cannot be entered (again).", nameof(entries));
            }
        }

        return entries.OrderBy(entry => entry.Version).ThenBy(entry => entry.Look).Sum(entry => entry.Spent);
    }

    /// <summary>Error that is left.</summary>
    /// <param name="alpha">The whole budget, in (0, 1).</param>
    /// <param name="entries">All entries of the question.</param>
    /// <returns>At least 0.</returns>
    /// <exception cref="ArgumentException">The entries spend more than the budget, or one cannot be.</exception>
    public static double Remaining(double alpha, IReadOnlyList<AlphaLedgerEntry> entries)
    {
        RowGuards.Level(1 - alpha);
        var left = alpha - Spent(entries);
        if (left < -Rounding) throw new ArgumentException("The entries spend more than the budget.", nameof(entries));
        return Math.Max(0, left);
    }

    /// <summary>The budget of a version of the plan: what earlier versions left.</summary>
    /// <param name="alpha">The whole budget, in (0, 1).</param>
    /// <param name="entries">All entries of the question.</param>
    /// <param name="version">The version, from 1 on.</param>
    /// <returns>At least 0.</returns>
    /// <exception cref="ArgumentException">As <see cref="Remaining"/>.</exception>
    public static double Budget(double alpha, IReadOnlyList<AlphaLedgerEntry> entries, int version)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        Remaining(alpha, entries);
        return Remaining(alpha, [.. entries.Where(entry => entry.Version < version)]);
    }

    /// <summary>What the next look of a version may spend.</summary>
    /// <param name="alpha">The whole budget, in (0, 1).</param>
    /// <param name="entries">All entries of the question.</param>
    /// <param name="version">The version that looks; no later version may have looked.</param>
    /// <param name="spending">Its spending function.</param>
    /// <param name="fraction">Share of its planned information that is in.</param>
    /// <param name="twoSided">True when half of the error goes to each side.</param>
    /// <returns>Error that this look may spend, at least 0.</returns>
    /// <exception cref="ArgumentException">As <see cref="Remaining"/>, or a later version has looked.</exception>
    public static double Allowance(
        double alpha, IReadOnlyList<AlphaLedgerEntry> entries, int version, AlphaSpending spending, double fraction, bool twoSided = true)
    {
        ArgumentNullException.ThrowIfNull(spending);
        var budget = Budget(alpha, entries, version);
        if (entries.Any(entry => entry.Version > version))
        {
            throw new ArgumentException("A later version of the plan has looked already.", nameof(version));
        }

        if (budget <= 0) return 0;
        var sides = twoSided ? 2 : 1;
        var allowed = sides * spending.Spent(budget / sides, fraction);
        return Math.Max(0, allowed - entries.Where(entry => entry.Version == version).Sum(entry => entry.Spent));
    }
}
