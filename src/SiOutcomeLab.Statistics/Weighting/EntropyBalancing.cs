using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>
/// Estimand: the average effect on the treated, on the comparison rows or on everybody.
/// Formula: weights closest to the base weights (smallest Σ w log(w/q)) among those whose weighted covariate means equal those of the group
/// asked about; w = q exp(a + x'b) with b minimising the dual log Σ q exp(b'(x − m)), by Newton steps halved until the dual falls.
/// For the treated, comparison rows are reweighted; for the comparison rows the treated; for everybody each arm by itself, to the means
/// of all.
/// Arguments: covariates on any scale (standardised inside), no missing values; means are balanced, and on request variances, skewness and
/// products (<see cref="EntropyBalancingOptions"/>; their columns are held beside the covariates).
/// Result: <see cref="BalancingWeights"/>: 1 for rows of the group asked about; the reweighted rows' weights add up to the group's number.
/// The largest remaining gap of a mean, in standard deviations, is at most 10⁻¹⁰. Constant columns and linear combinations need no
/// balancing of their own.
/// Not estimable when: an arm is empty or has no base weight; the means to reach lie outside of, or on the border of, the convex hull of
/// the rows to reweight (told with a certificate: a direction in which all of them lie on one side); the tolerance is not met.
/// Ties, order, seed: none; sums run in fixed blocks and lanes, so threads change no byte.
/// Source: Hainmueller (2012), Political Analysis 20(1), §3 (p. 30–33).
/// Checked against: a Newton solution in R 4.2.2 to a gap under 1e-13 on lalonde (1e-8) and WeightIt's ebal (1e-4, its own tolerance); the
/// standard error where the means to reach are estimated differs from WeightIt's on purpose, see <see cref="Effects.WeightedDifference"/>.
/// </summary>
public static class EntropyBalancing
{
    private const int MaximumSteps = 100;
    private const double Tolerance = 1e-10;

    /// <summary>Weights comparison rows to the treated's covariate means.</summary>
    /// <param name="x">Covariates, one row per person.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="cancellationToken">Stops the work between Newton steps.</param>
    /// <returns>Weights, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static Estimable<BalancingWeights> Att(
        DesignMatrix x, ReadOnlySpan<bool> treated, CancellationToken cancellationToken = default) =>
        Weights(x, treated, Estimand.Treated, null, cancellationToken);

    /// <summary>Weights either arm, or both, to the covariate means of the group asked about.</summary>
    /// <param name="x">Covariates, one row per person.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="estimand">The treated, the comparison rows or everybody.</param>
    /// <param name="options">What else to balance, or null for means from equal base weights.</param>
    /// <param name="cancellationToken">Stops the work between Newton steps.</param>
    /// <returns>Weights, or why there are none.</returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, a base weight is negative, moments are not 1, 2 or 3, or a product names no covariate.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The estimand is another.</exception>
    public static Estimable<BalancingWeights> Weights(
        DesignMatrix x,
        ReadOnlySpan<bool> treated,
        Estimand estimand,
        EntropyBalancingOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        RowGuards.SameLength(x.Rows, treated.Length, nameof(treated));
        if (estimand is not (Estimand.Treated or Estimand.Untreated or Estimand.Everyone))
        {
            throw new ArgumentOutOfRangeException(nameof(estimand), estimand, "Entropy balancing has no weights for it.");
        }

        options ??= new EntropyBalancingOptions();
        if (options.Fault(x) is { } fault) throw new ArgumentException(fault, nameof(options));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<BalancingWeights>(empty.Reason, empty.Detail);

        var terms = BalancedTerms.Added(x, options);
        var design = StandardisedDesign.From(terms, options.Threads);
        var weights = new double[treated.Length];
        Array.Fill(weights, 1.0);
        WeightModel? model = null;
        foreach (var arm in new[] { false, true })
        {
            if (estimand == (arm ? Estimand.Treated : Estimand.Untreated)) continue;
            var group = new double[treated.Length];
            for (var i = 0; i < group.Length; i++) group[i] = estimand == Estimand.Everyone || treated[i] != arm ? 1 : 0;
            var start = Start(treated, arm, options.BaseWeights.Span);
            if (!start.AsSpan().ContainsAnyExcept(0.0))
            {
                return Estimable.Not<BalancingWeights>(
                    arm ? NotEstimableReason.NoTreated : NotEstimableReason.NoComparison, "No row to reweight has base weight.");
            }

            if (OutOfReach(terms, start, group) is { } column) return Estimable.Not<BalancingWeights>(NotEstimableReason.NoOverlap, column);

            var solved = Solve(design, start, group, options.Threads, cancellationToken);
            if (solved is NotEstimable<EntropyDual> none) return Estimable.Not<BalancingWeights>(none.Reason, none.Detail);
            var dual = ((Estimated<EntropyDual>)solved).Value;
            model = Describe(design, dual, group, model);
            for (var i = 0; i < weights.Length; i++) weights[i] = treated[i] == arm ? dual.Weights[i] : weights[i];
            if (model is null)
            {
                return Estimable.Not<BalancingWeights>(
                    NotEstimableReason.Collinear, "After weighting, covariates are linear combinations of each other.");
            }
        }

        var method = options.Moments == 1 ? "entropy balancing" : $"entropy balancing of {options.Moments} moments";
        return Estimable.Of(new BalancingWeights(method, estimand, weights, model) { HasKnownTotal = true });
    }

    private static double[] Start(ReadOnlySpan<bool> treated, bool arm, ReadOnlySpan<double> baseWeights)
    {
        var start = new double[treated.Length];
        for (var i = 0; i < start.Length; i++) start[i] = treated[i] != arm ? 0 : baseWeights.IsEmpty ? 1 : baseWeights[i];
        return start;
    }

    private static Estimable<EntropyDual> Solve(
        StandardisedDesign design, double[] start, double[] group, int? threads, CancellationToken cancellationToken)
    {
        var sums = design.TransposedTimes(group, threads);
        var dual = new EntropyDual(design, start, [.. sums.Skip(1).Select(sum => sum / sums[0])], threads);
        for (var step = 0; step < MaximumSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Two orders below the promise where rounding allows: Newton gets there in one step more.
            if (dual.LargestGap <= 1e-12 || (step > 50 && dual.LargestGap <= Tolerance)) return Estimable.Of(dual);
            if (Cholesky.TryFactor(dual.Hessian(), dual.Gradient.Length, 1e-13) is not { } hessian)
            {
                return dual.LargestGap <= Tolerance ? Estimable.Of(dual) : OutsideHull();
            }

            var direction = hessian.Solve(dual.Gradient);
            for (var j = 0; j < direction.Length; j++) direction[j] = -direction[j];
            if (step >= 4 && dual.HasLeftEveryRowBehind) return OutsideHull();
            if (step >= 6 && dual.AllOnOneSide(direction, 1e-6)) return OutsideHull();
            dual.LowerAlong(direction);
        }

        return dual.LargestGap <= Tolerance
            ? Estimable.Of(dual)
            : Estimable.Not<EntropyDual>(
                NotEstimableReason.DidNotConverge, $"A covariate mean still differs by {dual.LargestGap:E1} standard deviations.");
    }

    private static Estimable<EntropyDual> OutsideHull() => Estimable.Not<EntropyDual>(
        NotEstimableReason.NoOverlap, "No weighting of the rows at hand reaches the wanted means of all covariates together.");

    // With the intercept a as a parameter of its own, the equations are Σ (group − reweighted · w)(1, x) = 0: the means to reach count
    // as estimated without an extra block.
    private static WeightModel? Describe(StandardisedDesign design, EntropyDual dual, double[] group, WeightModel? other)
    {
        var scale = LaneSum.Sum(group) / dual.Total;
        if (Cholesky.TryFactor([.. dual.Products.Select(product => product * scale)], design.Size) is not { } bread) return null;
        var (gradient, fixedTargets) = (dual.Weights, new double[group.Length]);
        for (var i = 0; i < group.Length; i++)
        {
            gradient[i] *= scale;
            group[i] -= gradient[i];
            fixedTargets[i] = -gradient[i];
        }

        return new WeightModel(design, bread, group, gradient, fixedTargets, other);
    }

    private static string? OutOfReach(DesignMatrix x, double[] start, double[] group)
    {
        for (var j = 0; j < x.Columns; j++)
        {
            var column = x.Column(j);
            var (low, high) = Range(column, start);
            var (lowest, highest) = Range(column, group);
            // A column that does not vary in the group has that value as its mean, without rounding.
            var mean = lowest == highest ? lowest : LaneSum.Dot(column, group) / LaneSum.Sum(group);
            var constant = low == high && lowest == highest && low == mean;
            if (!constant && (mean <= low || mean >= high))
            {
                return $"The mean of '{x.Names[j]}' in the group asked about is not inside of its range among the rows to reweight.";
            }
        }

        return null;
    }

    private static (double Low, double High) Range(ReadOnlySpan<double> column, double[] rows)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < column.Length; i++)
        {
            if (rows[i] == 0) continue;
            if (column[i] < low) low = column[i];
            if (column[i] > high) high = column[i];
        }

        return (low, high);
    }
}
