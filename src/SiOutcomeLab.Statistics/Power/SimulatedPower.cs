using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Power;

/// <summary>
/// Estimand: the probability that a whole analysis calls an effect, for data drawn as the caller says.
/// Formula: share of significant replicates, with binomial standard error and Wilson's interval.
/// Arguments: see <see cref="Run"/>. Result: <see cref="SimulatedPowerResult"/>.
/// Not estimable when: no replicate gives an answer.
/// Ties, order, seed: replicate b draws from a generator made from seed and b alone; counts add up, so threads change nothing.
/// Source: Burton, Altman, Royston and Holder (2006), Statistics in Medicine 25(24), p. 4279–4292; Wilson (1927), Journal of the American
/// Statistical Association 22(158), p. 209–212. Checked against: the formulas of <see cref="TwoMeans"/> in the tests.
/// </summary>
public static class SimulatedPower
{
    private const double Z = 1.959963984540054;

    /// <summary>Runs the replicates.</summary>
    /// <param name="significant">
    /// Draws one data set and analyses it: true for a significant result, false for none, null when the analysis is not estimable. Called
    /// from several threads at once.
    /// </param>
    /// <param name="replicates">How many, above 0.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    /// <param name="cancellationToken">Stops the work between replicates.</param>
    /// <returns>The power, or why there is none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of replicates or threads is not above 0.</exception>
    public static Estimable<SimulatedPowerResult> Run(
        Func<ReplicateRandom, bool?> significant,
        int replicates,
        ulong seed,
        int? threads = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(significant);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(replicates);
        if (threads is { } most) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most, nameof(threads));
        var answers = new bool?[replicates];
        Parallel.For(
            0,
            replicates,
            new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount, CancellationToken = cancellationToken },
            b => answers[b] = significant(new ReplicateRandom(seed, (ulong)b)));

        var refused = answers.Count(answer => answer is null);
        var n = replicates - refused;
        if (n == 0)
        {
            return Estimable.Not<SimulatedPowerResult>(
                NotEstimableReason.TooFewObservations, $"None of {replicates} simulated data sets could be analysed.");
        }

        var share = answers.Count(answer => answer == true) / (double)n;
        var centre = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var width = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4.0 * n * n)));
        return Estimable.Of(new SimulatedPowerResult(
            share, Math.Sqrt(share * (1 - share) / n), centre - width, centre + width, n, refused, seed));
    }
}
