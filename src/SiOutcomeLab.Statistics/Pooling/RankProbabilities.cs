using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Estimand: the probability that a source's true effect is the r-th largest of all, given the data and τ².
/// Formula: draws from the joint normal distribution of the true effects (see <see cref="Shrinkage"/>; with Hartung and Knapp's factor if
/// the model has it), ranked. Expected ranks need no draws: 1 + Σⱼ P(θⱼ &gt; θᵢ), each a normal probability.
/// Arguments: see <see cref="Of"/>.
/// Result: <see cref="RankProbabilitiesResult"/>; a probability p has simulation error √(p(1 − p) / draws).
/// Not estimable when: τ² = 0: the model then says that all sources without moderators have one true effect, and a rank is noise.
/// Ties, order, seed: draw b uses its own generator from (seed, b), so threads change nothing; the same seed gives the same bytes. Rank 1
/// is the largest effect.
/// Source: Goldstein and Spiegelhalter (1996), Journal of the Royal Statistical Society A 159(3), p. 385–443; Laird and Louis (1989),
/// Journal of Educational Statistics 14(1), p. 29–46.
/// Checked against: expected ranks in closed form in the tests.
/// </summary>
public static class RankProbabilities
{
    private const int DrawsPerTurn = 256;

    /// <summary>Ranks the true effects.</summary>
    /// <param name="model">A fitted model.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="draws">Number of draws, at least 1.</param>
    /// <param name="threads">Most threads, or null for the machine's; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops between blocks of draws.</param>
    /// <returns>The probabilities, or why there are none.</returns>
    public static Estimable<RankProbabilitiesResult> Of(
        PooledModel model, ulong seed, int draws = 10_000, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        if (threads is { } most) ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(threads));
        if (model.Heterogeneity.TauSquared == 0)
        {
            return Estimable.Not<RankProbabilitiesResult>(
                NotEstimableReason.NoVariation, "The estimates differ no more than chance has them (τ² = 0): there is no order to tell.");
        }

        var posterior = Posterior.Of(model);
        var k = posterior.Count;
        var own = posterior.OwnFactor();
        var counts = new long[k * k];
        var turns = (draws + DrawsPerTurn - 1) / DrawsPerTurn;
        Parallel.For(
            0,
            turns,
            new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount, CancellationToken = cancellationToken },
            () => new long[k * k],
            (turn, _, mine) =>
            {
                Count(posterior, own, seed, turn * DrawsPerTurn, Math.Min(draws, (turn + 1) * DrawsPerTurn), mine);
                return mine;
            },
            mine =>
            {
                // Whole numbers: adding them in any order gives the same.
                lock (counts)
                {
                    for (var i = 0; i < mine.Length; i++) counts[i] += mine[i];
                }
            });
        return Estimable.Of(new RankProbabilitiesResult(
            draws, seed, [.. counts.Select(count => count / (double)draws)], Expected(posterior)));
    }

    private static void Count(Posterior posterior, double[] own, ulong seed, int from, int to, long[] counts)
    {
        var k = posterior.Count;
        var (effects, order, noise) = (new double[k], new int[k], new double[k]);
        for (var draw = from; draw < to; draw++)
        {
            var random = new ReplicateRandom(seed, (ulong)draw);
            posterior.Means.CopyTo(effects, 0);
            foreach (var column in posterior.Common)
            {
                var z = random.NextNormal();
                for (var i = 0; i < k; i++) effects[i] += z * column[i];
            }

            for (var i = 0; i < k; i++) noise[i] = random.NextNormal();
            for (var i = 0; i < k; i++)
            {
                if (posterior.IsIndependent)
                {
                    effects[i] += own[i] * noise[i];
                    continue;
                }

                for (var j = 0; j <= i; j++) effects[i] += own[(i * k) + j] * noise[j];
            }

            for (var i = 0; i < k; i++) (effects[i], order[i]) = (-effects[i], i);
            Array.Sort(effects, order);
            for (var rank = 0; rank < k; rank++) counts[(order[rank] * k) + rank]++;
        }
    }

    private static double[] Expected(Posterior posterior)
    {
        var ranks = new double[posterior.Count];
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = 1;
            for (var j = 0; j < ranks.Length; j++)
            {
                if (j == i) continue;
                var variance = posterior.Variance(i) + posterior.Variance(j) - (2 * posterior.Covariance(i, j));
                ranks[i] += Distributions.NormalLower((posterior.Means[j] - posterior.Means[i]) / Math.Sqrt(variance));
            }
        }

        return ranks;
    }
}
