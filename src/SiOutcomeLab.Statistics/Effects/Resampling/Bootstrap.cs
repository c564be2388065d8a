using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>Computes an estimate where each row counts as often as it was drawn.</summary>
/// <param name="counts">How often each row was drawn; 0 for many rows.</param>
/// <returns>The estimate, or NaN where this sample refuses one.</returns>
public delegate double BootstrapStatistic(ReadOnlySpan<int> counts);

/// <summary>
/// Estimand: the sampling distribution of an estimator under drawing rows, or whole clusters, anew.
/// Formula: n units are drawn with replacement (within arms when stratified), the estimator runs on integer weights, again and again; the
/// error is the replicates' standard deviation; intervals: normal, percentile, basic, BCa with acceleration Σ l³ / 6(Σ l²)^(3/2) over the
/// units' summed influence values l.
/// Arguments: see <see cref="Run"/>.
/// Result: <see cref="BootstrapDistribution"/>.
/// Not estimable when: the estimator refuses the data themselves, or more than one sample in ten; fewer than two units.
/// Ties, order, seed: replicate b draws from a generator of its own, made from the seed and b, so threads change nothing. Quantiles are
/// order statistics (B + 1)p, interpolated on the normal scale.
/// Source: Efron (1987), JASA 82(397), p. 171–185; Davison and Hinkley (1997), Bootstrap Methods and their Application, eq. 5.6, 5.8,
/// 5.20–5.22.
/// Checked against: the intervals of R's boot 1.3-28.1 for given replicates, and in the tests the exact bootstrap distribution of small
/// samples and hand-computed quantiles.
/// </summary>
public static class Bootstrap
{
    private const double LargestFailedShare = 0.1;

    /// <summary>Draws samples and estimates in each.</summary>
    /// <param name="statistic">The estimator; called from several threads at a time.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="options">Number of samples, seed, strata.</param>
    /// <param name="treated">True for treated rows; read only when stratified by arm.</param>
    /// <param name="clusters">Person or delivery group per row, drawn whole; or empty.</param>
    /// <param name="influence">The estimate's influence value per row for BCa's acceleration, or empty.</param>
    /// <param name="cancellationToken">Stops between samples.</param>
    /// <returns>The distribution, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a cluster lies in both arms when stratified.</exception>
    public static Estimable<BootstrapDistribution> Run(
        BootstrapStatistic statistic,
        int rows,
        BootstrapOptions options,
        ReadOnlySpan<bool> treated = default,
        ReadOnlySpan<int> clusters = default,
        ReadOnlySpan<double> influence = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        Guard(rows, options, treated, clusters, influence);
        var plan = ResamplingPlan.Of(rows, treated, clusters, options.StratifiedByArm);
        var ones = new int[rows];
        Array.Fill(ones, 1);
        var estimate = statistic(ones);
        if (!double.IsFinite(estimate))
        {
            return Estimable.Not<BootstrapDistribution>(NotEstimableReason.TooFewObservations, "The data themselves refuse the estimate.");
        }

        var values = Replicate(plan, rows, options, () => statistic, cancellationToken);
        return Describe(estimate, values, plan, options, clusters, influence);
    }

    internal static void Guard(
        int rows, BootstrapOptions options, ReadOnlySpan<bool> treated, ReadOnlySpan<int> clusters, ReadOnlySpan<double> influence)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Replicates, 50, nameof(options));
        if (options.Threads is { } threads) ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(options));
        RowGuards.Level(options.Level);
        if (options.StratifiedByArm) RowGuards.SameLength(rows, treated.Length, nameof(treated));
        if (!clusters.IsEmpty) RowGuards.SameLength(rows, clusters.Length, nameof(clusters));
        if (influence.IsEmpty) return;
        RowGuards.SameLength(rows, influence.Length, nameof(influence));
        RowGuards.Finite(influence, nameof(influence));
    }

    /// <summary>The estimate of every replicate; each thread makes an estimator of its own.</summary>
    internal static double[] Replicate(
        ResamplingPlan plan, int rows, BootstrapOptions options, Func<BootstrapStatistic> make, CancellationToken cancellationToken)
    {
        var values = new double[options.Replicates];
        var limits = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Threads ?? Environment.ProcessorCount,
            CancellationToken = cancellationToken
        };
        Parallel.For(
            0, values.Length, limits,
            () => (Statistic: make(), Units: new int[plan.WholeClusters ? plan.Units : 0], Counts: new int[rows]),
            (replicate, _, own) =>
            {
                var random = ReplicateRandom.Resampling(options.Seed, replicate);
                plan.Draw(random, own.Units, own.Counts);
                values[replicate] = own.Statistic(own.Counts);
                return own;
            },
            _ => { });
        return values;
    }

    internal static Estimable<BootstrapDistribution> Describe(
        double estimate,
        double[] values,
        ResamplingPlan plan,
        BootstrapOptions options,
        ReadOnlySpan<int> clusters,
        ReadOnlySpan<double> influence)
    {
        if (plan.Units < 2)
        {
            return Estimable.Not<BootstrapDistribution>(NotEstimableReason.TooFewObservations, "There are not two units to draw from.");
        }

        var failed = values.Count(value => !double.IsFinite(value));
        return failed > LargestFailedShare * values.Length
            ? Estimable.Not<BootstrapDistribution>(
                NotEstimableReason.TooFewObservations, $"{failed} of {values.Length} samples drawn from the data refuse the estimate.")
            : Estimable.Of(new BootstrapDistribution(estimate, values, options, Acceleration(influence, clusters)));
    }

    private static double Acceleration(ReadOnlySpan<double> influence, ReadOnlySpan<int> clusters)
    {
        if (influence.IsEmpty) return 0;

        IReadOnlyCollection<double> units = clusters.IsEmpty ? influence.ToArray() : Sums(influence, clusters);
        CompensatedSum squares = default, cubes = default;
        foreach (var value in units)
        {
            squares.Add(value * value);
            cubes.Add(value * value * value);
        }

        return squares.Value > 0 ? cubes.Value / (6 * Math.Pow(squares.Value, 1.5)) : 0;
    }

    private static Dictionary<int, double>.ValueCollection Sums(ReadOnlySpan<double> influence, ReadOnlySpan<int> clusters)
    {
        var sums = new Dictionary<int, double>();
        for (var i = 0; i < influence.Length; i++) sums[clusters[i]] = sums.GetValueOrDefault(clusters[i]) + influence[i];
        return sums.Values;
    }
}
