namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>
/// Estimand: the probability of treatment given covariates without a form for it. For cross-fitted doubly robust estimators only
/// (<see cref="CrossFitting"/>): on its own rows the fit is nearer to the arms than to the probabilities, and it has no score equations,
/// so weights and effects from one fit would take it as known and be too sure.
/// Formula: log odds = log(share treated / share not) + Σ trees. Each tree divides the rows level by level where
/// G_L²/(H_L + λ) + G_R²/(H_R + λ) − G²/(H + λ) is most (above 10⁻⁶, at least γ, H of both children at least the minimum), with
/// G = Σ w(e − t) and H = Σ w e(1 − e) at the log odds so far; a leaf is worth −η G/(H + λ), the step before η within ±10. Splits stand
/// half way between neighbouring values, all of them when a column has no more values than bins, otherwise those that part groups of
/// about equal weight. Log odds are kept within ±36.
/// Arguments: see <see cref="Fit(DesignMatrix, ReadOnlySpan{bool}, ReadOnlySpan{double}, CancellationToken)"/>,
/// <see cref="BoostingOptions"/>; covariates on any scale; no missing values. λ and the minimum are in units of case weight.
/// Result: <see cref="PropensityFit"/> without coefficients, and <see cref="BoostedTrees"/> on request; the number of iterations is that
/// of the trees kept, of which with rows held out there may be none. Held-out rows are scored, and not learned from. Constant columns
/// are named as dropped.
/// Not estimable when: an arm is empty; no column varies; rows or clusters cannot be divided into the folds, or the division leaves the
/// held-out rows without weight or an arm of the others empty. Arms that covariates separate are no obstacle.
/// Ties, order, seed: of equal gains the first column's, and of that the lowest value; derivatives are whole multiples of 2⁻²⁹ (2⁻³¹) of
/// the largest weight's power of two, so sums are exact: the same bytes with any number of threads, and, without case weights, in any
/// order of rows. Which rows are held out or left out goes by the seed and the row's number (by the cluster's code where there are any).
/// Source: Chen and Guestrin (2016), KDD '16, p. 785–794, equations 5–7; Friedman (2001), Annals of Statistics 29(5), p. 1189–1232.
/// Checked against: XGBoost 1.7.4 hist (logistic loss on the same data), and a plain exact-greedy booster in the tests.
/// </summary>
public sealed class GradientBoostedTrees : IPropensityModel
{
    private readonly BoostingOptions _options;
    private readonly int _threads;

    /// <summary>Makes the model.</summary>
    /// <param name="options">How it grows.</param>
    /// <param name="threads">Number of threads, at least 1, or null for the machine's; the result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public GradientBoostedTrees(BoostingOptions options, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Guard();
        _options = options;
        _threads = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(_threads, 1, nameof(threads));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public Estimable<PropensityFit> Fit(DesignMatrix x, ReadOnlySpan<bool> treated, CancellationToken cancellationToken = default) =>
        Fit(x, treated, default, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Lengths differ, or a case weight is negative, NaN or infinite.</exception>
    public Estimable<PropensityFit> Fit(
        DesignMatrix x, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights, CancellationToken cancellationToken = default) =>
        Boost(x, treated, caseWeights, cancellationToken).Map(boosted => boosted.Fit);

    /// <summary>Fits the model and tells how it went.</summary>
    /// <param name="x">Covariates, one row per person.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="caseWeights">How much each row counts, finite and at least 0, or empty for all one.</param>
    /// <param name="cancellationToken">Stops the work between trees.</param>
    /// <returns>The model, its losses and its columns' gains, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a case weight is negative, NaN or infinite.</exception>
    public Estimable<BoostedTrees> Boost(
        DesignMatrix x,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<double> caseWeights = default,
        CancellationToken cancellationToken = default)
    {
        PropensityGuards.Arguments(x, treated, caseWeights);
        if (!_options.Clusters.IsEmpty) RowGuards.SameLength(x.Rows, _options.Clusters.Length, nameof(BoostingOptions.Clusters));
        var all = ArmTotals.Of(treated, caseWeights);
        if (PropensityGuards.EmptyArm(treated, all) is { } empty) return Estimable.Not<BoostedTrees>(empty.Reason, empty.Detail);
        if (HeldOutRows.Of(_options, treated, caseWeights) is not { } rows)
        {
            return Estimable.Not<BoostedTrees>(
                NotEstimableReason.TooFewObservations, $"Rows or clusters cannot be divided into {_options.HeldOutFolds} folds.");
        }

        var learned = ArmTotals.Of(treated, rows.Training);
        var rest = ArmTotals.Of(treated, rows.HeldOut);
        if (learned.Treated == 0 || learned.Comparison == 0 || (_options.HeldOutFolds is not null && rest.Rows == 0))
        {
            return Estimable.Not<BoostedTrees>(
                NotEstimableReason.TooFewObservations, "With rows held out an arm of the others, or what is held out, is empty.");
        }

        var workers = new BlockWorkers(_threads);
        var cuts = new double[x.Columns][];
        workers.Run(x.Columns, (_, j) => cuts[j] = ColumnCuts.Of(x.Column(j), rows.Training, _options.MaximumBins));
        if (cuts.All(c => c.Length == 0)) return Estimable.Not<BoostedTrees>(NotEstimableReason.NoVariation, "No column varies.");

        var arms = treated.ToArray();
        var pass = new GradientPass([.. arms.Select(t => t ? 1.0 : 0.0)], rows.Training, rows.HeldOut);
        var start = Math.Log(learned.Treated / learned.Comparison);
        Array.Fill(pass.LogOdds, start);
        var grower = new TreeGrower(_options, x, cuts, pass, workers);
        var growth = Growth.Of(_options, grower, cancellationToken);
        var sum = new TreeSum(start, growth.Kept, _threads);
        var logOdds = growth.AllKept ? pass.LogOdds : sum.LogOdds(x);
        TreeSum.Bound(logOdds);
        var scores = new double[x.Rows];
        LogitLink.Probabilities(logOdds, scores);
        var gains = new double[x.Columns];
        foreach (var node in growth.Kept.SelectMany(tree => tree.Nodes)) gains[node.Column] += node.Gain;
        var fit = new PropensityFit(x.Names, scores, logOdds, sum.LogOdds)
        {
            Deviance = LogitLink.Deviance(logOdds, arms, caseWeights),
            NullDeviance = all.NullDeviance,
            Iterations = growth.Kept.Count,
            DroppedColumns = [.. x.Names.Where((_, j) => cuts[j].Length == 0)]
        };
        return Estimable.Of(new BoostedTrees(
            fit,
            [.. growth.Training.Select(d => d / (2 * (learned.Treated + learned.Comparison)))],
            _options.HeldOutFolds is null ? [] : [.. growth.HeldOut.Select(d => d / (2 * (rest.Treated + rest.Comparison)))],
            gains));
    }
}
