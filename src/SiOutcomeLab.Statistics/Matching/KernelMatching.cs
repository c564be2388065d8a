namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// Estimand: none by itself; it weights comparison rows for the average effect on the (matched) treated.
/// Formula: treated row i has the comparison outcome Σⱼ K(uᵢⱼ) yⱼ / Σⱼ K(uᵢⱼ), u the distance in bandwidths; so comparison row j weighs
/// Σᵢ K(uᵢⱼ)/Σₖ K(uᵢₖ), scaled to mean 1 over rows in use. Radius matching is the uniform kernel. Treated rows with nobody in reach are
/// left out.
/// Arguments: see <see cref="Match"/>. Result: <see cref="MatchedWeights"/>.
/// Not estimable when: an arm is empty, the measure does not vary, or no treated row has anybody in reach.
/// Ties, order, seed: none; the same bytes with any number of threads.
/// Cost: each arm sorted, then every pair in reach once per arm.
/// Source: Heckman, Ichimura and Todd (1997), Review of Economic Studies 64(4), p. 605–654, eq. 13 without its local linear term; radius:
/// Dehejia and Wahba (2002), Review of Economics and Statistics 84(1), p. 151–161.
/// Checked against: matrices of all pairs in R on lalonde (1e-8), the double sum over all pairs in the tests; with a narrow radius and one
/// control in reach, nearest neighbour matching.
/// </summary>
public static class KernelMatching
{
    private const double GaussianReach = 8;

    /// <summary>Matches.</summary>
    /// <param name="measure">The propensity score or its logit, one finite number per row.</param>
    /// <param name="treated">True for treated rows; same length.</param>
    /// <param name="kernel">How weight falls with distance.</param>
    /// <param name="bandwidth">The radius, or the kernel's bandwidth.</param>
    /// <param name="strata">Codes that a treated and a comparison row must share, or empty for none.</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    /// <returns>The weights, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a measure is NaN or infinite.</exception>
    public static Estimable<MatchedWeights> Match(
        ReadOnlySpan<double> measure,
        ReadOnlySpan<bool> treated,
        MatchingKernel kernel,
        Caliper bandwidth,
        ReadOnlySpan<int> strata = default,
        int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(bandwidth);
        RowGuards.SameLength(measure.Length, treated.Length, nameof(treated));
        if (!strata.IsEmpty) RowGuards.SameLength(measure.Length, strata.Length, nameof(strata));
        RowGuards.Finite(measure, nameof(measure));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<MatchedWeights>(empty.Reason, empty.Detail);

        var rules = PairRules.From(measure, treated, strata, new NearestNeighbourOptions { Caliper = bandwidth });
        var width = rules.MeasureCaliper!.Value.Width;
        if (width == 0)
        {
            return Estimable.Not<MatchedWeights>(NotEstimableReason.NoVariation, "The measure does not vary, so the bandwidth is zero.");
        }

        var rows = new long[measure.Length];
        for (var i = 0; i < rows.Length; i++) rows[i] = i;
        var controls = SortedArm.From(measure, rows, rules.Controls, rules.Strata, rules.StratumCount);
        var treatedLine = SortedArm.From(measure, rows, rules.TreatedRows, rules.Strata, rules.StratumCount);

        double[] ones = [.. Enumerable.Repeat(1.0, controls.Rows.Length)];
        var reached = Sums(treatedLine, controls, ones, kernel, width, threads);
        var shares = Array.ConvertAll(reached, sum => sum > 0 ? 1 / sum : 0);
        var sums = Sums(controls, treatedLine, shares, kernel, width, threads);

        var weights = new double[measure.Length];
        var treatedMatched = reached.Count(sum => sum > 0);
        if (treatedMatched == 0)
        {
            return Estimable.Not<MatchedWeights>(
                NotEstimableReason.TooFewMatches, $"None of {reached.Length} treated rows has a comparison row in reach.");
        }

        var controlsMatched = sums.Count(sum => sum > 0);
        for (var p = 0; p < reached.Length; p++) weights[treatedLine.Rows[p]] = reached[p] > 0 ? 1 : 0;
        // The shares of a treated row add up to one, so all weights to the number of treated matched.
        for (var p = 0; p < sums.Length; p++) weights[controls.Rows[p]] = sums[p] * controlsMatched / treatedMatched;
        return Estimable.Of(new MatchedWeights(kernel == MatchingKernel.Uniform ? "radius" : $"{kernel} kernel", weights)
        {
            Bandwidth = width,
            TreatedMatched = treatedMatched,
            TreatedDropped = reached.Length - treatedMatched,
            ControlsMatched = controlsMatched
        });
    }

    // For each position of one arm: Σ over the other arm's positions in reach of factor × kernel.
    private static double[] Sums(SortedArm of, SortedArm over, double[] factor, MatchingKernel kernel, double width, int? threads)
    {
        var sums = new double[of.Rows.Length];
        var reach = kernel == MatchingKernel.Gaussian ? GaussianReach * width : width;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount };
        for (var s = 0; s + 1 < of.Starts.Length; s++)
        {
            var (from, to) = (over.Starts[s], over.Starts[s + 1]);
            Parallel.For(of.Starts[s], of.Starts[s + 1], parallel, p =>
            {
                var sum = 0.0;
                var measure = of.Measures[p];
                for (var q = First(over.Measures, from, to, measure, reach); q < to && over.Measures[q] - measure <= reach; q++)
                {
                    sum += factor[q] * Kernel(kernel, (over.Measures[q] - measure) / width);
                }

                sums[p] = sum;
            });
        }

        return sums;
    }

    private static double Kernel(MatchingKernel kernel, double u) => kernel switch
    {
        MatchingKernel.Uniform => 1,
        MatchingKernel.Epanechnikov => Math.Max(0, 1 - (u * u)),
        _ => Math.Exp(-u * u / 2)
    };

    // The first position within reach from below.
    private static int First(double[] values, int from, int to, double measure, double reach)
    {
        var (low, high) = (from, to);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (measure - values[middle] > reach) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
