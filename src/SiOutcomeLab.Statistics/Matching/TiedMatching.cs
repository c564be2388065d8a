namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// Estimand: none by itself; it finds the rows that stand for what is not seen: the treated's outcome without treatment, the untreated's
/// with it, or both.
/// Formula: with replacement, each row takes the M nearest rows of the other arm by a distance between covariates, and everybody else as
/// near as the last of them; all weigh the same.
/// Arguments: see <see cref="Match"/>. A propensity score alone is a design with one column.
/// Result: <see cref="TiedMatches"/>. That neighbours are of the other arm, within calipers, is checked before it is handed out.
/// Not estimable when: an arm is empty or smaller than M (for the variance: than J + 1), no covariate varies, or nobody has M in reach.
/// Ties, order, seed: ties are kept, so no order matters; no randomness; the same bytes with any number of threads.
/// Cost: a k-d tree per arm.
/// Source: Abadie and Imbens (2006), Econometrica 74(1), p. 235–267, §2.
/// Checked against: R's Matching 4.10-8 (numbers of pairs, with tolerance 0 and 10⁻⁵) on lalonde and simulated data.
/// </summary>
public static class TiedMatching
{
    // Distances equal on paper differ in their last bits; they must tie on every build.
    private const double Rounding = 1 + 1e-12;

    /// <summary>Finds neighbours.</summary>
    /// <param name="x">Covariates, one row per person.</param>
    /// <param name="treated">True for treated rows; same length.</param>
    /// <param name="options">How many, for whom, metric, ties, variance.</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    /// <returns>The neighbours, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static Estimable<TiedMatches> Match(
        DesignMatrix x, ReadOnlySpan<bool> treated, TiedMatchingOptions options, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(options);
        options.Guard();
        RowGuards.SameLength(x.Rows, treated.Length, nameof(treated));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<TiedMatches>(empty.Reason, empty.Detail);

        var counts = (Treated: treated.Count(true), Comparison: treated.Length - treated.Count(true));
        if ((options.Estimand != Estimand.Untreated && counts.Comparison < options.Matches)
            || (options.Estimand != Estimand.Treated && counts.Treated < options.Matches)
            || (options.VarianceNeighbours is { } own && Math.Min(counts.Treated, counts.Comparison) <= own))
        {
            return Estimable.Not<TiedMatches>(
                NotEstimableReason.TooFewObservations,
                $"{counts.Treated} treated and {counts.Comparison} comparison rows have too few neighbours to give.");
        }

        var space = Whitening.Of(x, treated, options.Metric, default);
        if (space.Columns == 0)
        {
            return Estimable.Not<TiedMatches>(NotEstimableReason.NoVariation, "No covariate varies, so that all distances are zero.");
        }

        var rules = PairRules.From([], treated, default, new NearestNeighbourOptions { CovariateCalipers = options.CovariateCalipers });
        var keys = new long[x.Rows];
        for (var i = 0; i < keys.Length; i++) keys[i] = i;
        var place = new int[x.Rows];
        var trees = new[]
        {
            RowTree.Build(space, rules.Calipers, keys, rules.Controls.AsSpan().ToArray(), place),
            RowTree.Build(space, rules.Calipers, keys, rules.TreatedRows.AsSpan().ToArray(), place)
        };
        var arms = treated.ToArray();
        var neighbours = Search(
            trees, arms, options.Matches, options.TieTolerance, threads, ofOwnArm: false,
            i => options.Estimand == Estimand.Everyone || arms[i] == (options.Estimand == Estimand.Treated));
        var ownNeighbours = options.VarianceNeighbours is { } count
            ? Search(trees, arms, count, options.TieTolerance, threads, ofOwnArm: true, static _ => true)
            : null;
        for (var i = 0; i < arms.Length; i++)
        {
            foreach (var j in neighbours[i])
            {
                if (!rules.WithinCalipers(i, j)) throw PairRules.Broken("a pair is outside of a covariate's caliper");
            }
        }

        return TiedMatches.Of("nearest neighbours with ties", options.Estimand, treated, neighbours, ownNeighbours);
    }

    private static int[][] Search(
        RowTree[] trees, bool[] treated, int count, double tolerance, int? threads, bool ofOwnArm, Func<int, bool> isAsked)
    {
        var found = new int[treated.Length][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount };
        Parallel.For(0, treated.Length, parallel, () => new NeighbourList(count + (ofOwnArm ? 1 : 0)), (i, _, list) =>
        {
            found[i] = [];
            if (!isAsked(i)) return list;
            var tree = trees[treated[i] == ofOwnArm ? 1 : 0];
            list.Clear();
            var nearest = new ListSink(list);
            tree.Visit(i, ref nearest);
            // A row is its own nearest, or ties with others in its place.
            if (!list.IsFull) return list;
            var within = new WithinSink((list.Worst * Rounding) + tolerance, []);
            tree.Visit(i, ref within);
            if (ofOwnArm) within.Rows.Remove(i);
            within.Rows.Sort();
            found[i] = [.. within.Rows];
            return list;
        }, _ => { });
        return found;
    }

    private readonly record struct WithinSink(double Limit, List<int> Rows) : INeighbourSink
    {
        public void Offer(double square, long key, int row) => Rows.Add(row);
    }
}
