using MathNet.Numerics;

namespace SiOutcomeLab.Statistics.Pooling.Profiling;

/// <summary>
/// Estimand: which groups' risks differ from a target by more than chance, and by more than groups usually do.
/// Formula: binomial quantiles around the target, divided by n; z = (p − p₀) / √(p₀(1 − p₀)/n). Overdispersion: z winsorised at its 10 %
/// and 90 % quantiles, φ = mean z², τ² = max(0, (Jφ − (J − 1)) / (Σw − Σw²/Σw)) with w = n / (p₀(1 − p₀)); then z over √φ
/// (multiplicative) or with τ² added to its variance (additive).
/// Arguments: see the methods.
/// Result: limits per group; <see cref="Overdispersion"/> for all of them.
/// Not estimable when: fewer than two groups; a target of 0 or 1.
/// Ties, order, seed: quantiles interpolate linearly between order statistics (R's type 7).
/// Source: Spiegelhalter (2005), Statistics in Medicine 24(8), p. 1185–1202; (2005) Quality and Safety in Health Care 14(5), p. 347–351.
/// Checked against: R on 98 groups (1e-9).
/// </summary>
public static class FunnelLimits
{
    /// <summary>Binomial limits for a group's risk if its true risk is the target.</summary>
    /// <param name="persons">n, at least 1.</param>
    /// <param name="target">p₀, in (0, 1).</param>
    /// <param name="level">Share of groups inside, for instance 0.95 or 0.998.</param>
    /// <returns>Least and largest x / n inside.</returns>
    public static ValueRange Binomial(int persons, double target, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(persons, 1);
        Guard(target, level);
        var tail = (1 - level) / 2;
        return new(Quantile(tail, persons, target) / (double)persons, Quantile(1 - tail, persons, target) / (double)persons);
    }

    /// <summary>How much more groups differ than chance allows.</summary>
    /// <param name="events">Events per group.</param>
    /// <param name="persons">Persons per group, at least 1; same length.</param>
    /// <param name="target">p₀, in (0, 1); NaN for all events over all persons.</param>
    /// <param name="winsorised">Share of z pulled in at each end, in [0, 0.5).</param>
    /// <returns>φ, τ² and each group's z, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a count is out of range.</exception>
    public static Estimable<OverdispersionResult> Overdispersion(
        ReadOnlySpan<int> events, ReadOnlySpan<int> persons, double target = double.NaN, double winsorised = 0.1)
    {
        RowGuards.SameLength(events.Length, persons.Length, nameof(persons));
        if (winsorised is not (>= 0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(winsorised));
        long all = 0, some = 0;
        for (var j = 0; j < events.Length; j++)
        {
            if (persons[j] < 1 || events[j] < 0 || events[j] > persons[j])
            {
                throw new ArgumentException($"Group {j} holds a count out of range.", nameof(events));
            }

            (all, some) = (all + persons[j], some + events[j]);
        }

        if (events.Length < 2)
        {
            return Estimable.Not<OverdispersionResult>(NotEstimableReason.TooFewObservations, $"{events.Length} groups, needed are 2.");
        }

        var p0 = double.IsNaN(target) ? some / (double)all : target;
        if (p0 is not (> 0 and < 1)) return Estimable.Not<OverdispersionResult>(NotEstimableReason.NoVariation, "The target is 0 or 1.");
        var (z, variances) = (new double[events.Length], new double[events.Length]);
        for (var j = 0; j < z.Length; j++)
        {
            variances[j] = p0 * (1 - p0) / persons[j];
            z[j] = ((events[j] / (double)persons[j]) - p0) / Math.Sqrt(variances[j]);
        }

        return Estimable.Of(Describe(p0, z, variances, winsorised));
    }

    private static OverdispersionResult Describe(double target, double[] z, double[] variances, double winsorised)
    {
        double[] sorted = [.. z.Order()];
        var (low, high) = (Quantile(sorted, winsorised), Quantile(sorted, 1 - winsorised));
        double raw = 0, phi = 0, sum = 0, squares = 0, groups = z.Length;
        for (var j = 0; j < z.Length; j++)
        {
            raw += z[j] * z[j] / groups;
            var pulled = Math.Clamp(z[j], low, high);
            phi += pulled * pulled / groups;
            sum += 1 / variances[j];
            squares += 1 / (variances[j] * variances[j]);
        }

        var tau = Math.Max(0, ((groups * phi) - (groups - 1)) / (sum - (squares / sum)));
        return new OverdispersionResult(
            target, phi, raw, tau, new ValueRange(low, high), z,
            [.. z.Select(value => phi > 0 ? value / Math.Sqrt(phi) : value)],
            [.. z.Select((value, j) => value * Math.Sqrt(variances[j] / (variances[j] + tau)))]);
    }

    private static double Quantile(double[] sorted, double p)
    {
        var at = p * (sorted.Length - 1);
        var below = (int)Math.Floor(at);
        return sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }

    // The least x with P(X ≤ x) ≥ q.
    private static int Quantile(double q, int n, double p)
    {
        var spread = Math.Sqrt(n * p * (1 - p));
        var x = (int)Math.Clamp(Math.Floor((n * p) + (spread * Distributions.NormalQuantile(q))), 0, n);
        while (x > 0 && Lower(x - 1, n, p) >= q) x--;
        while (x < n && Lower(x, n, p) < q) x++;
        return x;
    }

    private static double Lower(int x, int n, double p) => x >= n ? 1 : SpecialFunctions.BetaRegularized(n - x, x + 1.0, 1 - p);

    private static void Guard(double target, double level)
    {
        RowGuards.Level(level);
        if (target is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(target));
    }
}
