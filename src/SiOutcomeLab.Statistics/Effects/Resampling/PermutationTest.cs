using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>
/// Estimand: none; a test of the hypothesis that treatment changed nobody's outcome, valid in any number when treatment was as if dealt out
/// at random within strata (matched pairs are strata of two).
/// Formula: D = Σ_s (n₁ₛ/n₁)(mean treated − mean comparison); p = share of all arrangements of the same numbers of treated per stratum with
/// |D*| ≥ |D|; when drawn, (1 + number as large) / (1 + draws).
/// Arguments: see <see cref="DifferenceInMeans"/>; give ranks instead of outcomes for a rank-sum or signed-rank-like test.
/// Result: <see cref="PermutationResult"/>.
/// Not estimable when: an arm is empty; no stratum has both arms; the outcome does not vary within any.
/// Ties, order, seed: differences within 10⁻¹⁰ of Σ|terms| count as equal. Draw b has a generator of its own from the seed and b.
/// Source: Fisher (1935), The Design of Experiments, §21; drawn arrangements: Phipson and Smyth (2010), Statistical Applications in
/// Genetics and Molecular Biology 9(1), article 39.
/// Checked against: hypergeometric tails (binary outcomes), the sign test's and a plain enumeration, in the tests.
/// </summary>
public static class PermutationTest
{
    /// <summary>Tests the difference in means.</summary>
    /// <param name="outcome">One finite number per row.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="options">Seed and numbers.</param>
    /// <param name="strata">
    /// Stratum or matched set per row; rows are exchanged within it only. Negative for rows to leave out. Or empty.
    /// </param>
    /// <param name="cancellationToken">Stops between draws.</param>
    /// <returns>The p-values, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, an outcome is NaN or infinite, or an option is out of range.</exception>
    public static Estimable<PermutationResult> DifferenceInMeans(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        PermutationOptions options,
        ReadOnlySpan<int> strata = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        RowGuards.SameLength(outcome.Length, treated.Length, nameof(treated));
        if (!strata.IsEmpty) RowGuards.SameLength(outcome.Length, strata.Length, nameof(strata));
        RowGuards.Finite(outcome, nameof(outcome));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Replicates, 99, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaximumExact, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaximumExact, 10_000_000, nameof(options));
        if (options.Threads is { } threads) ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(options));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<PermutationResult>(empty.Reason, empty.Detail);

        var groups = PermutationStratum.Of(outcome, treated, strata);
        if (groups.Length == 0)
        {
            return Estimable.Not<PermutationResult>(NotEstimableReason.NoOverlap, "No stratum has treated and comparison rows.");
        }

        var size = groups.Sum(group => group.Scores.Sum(Math.Abs));
        if (size == 0)
        {
            return Estimable.Not<PermutationResult>(NotEstimableReason.NoVariation, "The outcome does not vary within any stratum.");
        }

        var observed = groups.Sum(group => group.Observed);
        var tolerance = 1e-10 * size;
        var total = PermutationStratum.Arrangements(groups);
        var exact = total <= options.MaximumExact;
        var differences = exact ? PermutationStratum.All(groups) : Drawn(groups, options, cancellationToken);
        var (both, greater, less) = (0, 0, 0);
        foreach (var difference in differences)
        {
            if (Math.Abs(difference) >= Math.Abs(observed) - tolerance) both++;
            if (difference >= observed - tolerance) greater++;
            if (difference <= observed + tolerance) less++;
        }

        // The observed arrangement is one of all, so it is counted in with those drawn.
        var extra = exact ? 0 : 1;
        double looked = differences.Length + extra;
        var p = (both + extra) / looked;
        return Estimable.Of(new PermutationResult
        {
            Estimate = observed,
            Estimand = groups.Sum(group => group.Treated) < treated.Count(true) ? Estimand.MatchedTreated : Estimand.Treated,
            PValue = p,
            PValueGreater = (greater + extra) / looked,
            PValueLess = (less + extra) / looked,
            IsExact = exact,
            Arrangements = (int)looked,
            MonteCarloError = exact ? 0 : Math.Sqrt(p * (1 - p) / looked),
            Seed = options.Seed,
            Tolerance = tolerance,
            TreatedUsed = groups.Sum(group => group.Treated),
            ComparisonUsed = groups.Sum(group => group.Scores.Length - group.Treated),
            ShareOfTreatedRetained = groups.Sum(group => group.Treated) / (double)treated.Count(true)
        });
    }

    private static double[] Drawn(PermutationStratum[] groups, PermutationOptions options, CancellationToken cancellationToken)
    {
        var differences = new double[options.Replicates];
        var limits = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Threads ?? Environment.ProcessorCount,
            CancellationToken = cancellationToken
        };
        Parallel.For(
            0, differences.Length, limits, () => groups.Select(group => (double[])group.Scores.Clone()).ToArray(), (draw, _, own) =>
        {
            var random = ReplicateRandom.Resampling(options.Seed, draw);
            for (var g = 0; g < groups.Length; g++)
            {
                // From the same start each time, so that a draw does not depend on those before it.
                groups[g].Scores.CopyTo(own[g], 0);
                differences[draw] += groups[g].Draw(random, own[g]);
            }

            return own;
        }, _ => { });
        return differences;
    }
}
