using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Estimand: the probability of treatment given covariates under log(e / (1 − e)) = a + x'b, many covariates, few rows, or arms that
/// covariates separate.
/// Formula: min over a, b of −(1/W) Σ w [t η − log(1 + e^η)] + λ Σ ((1 − α)/2 bⱼ² + α |bⱼ|), columns standardised (denominator n), the
/// intercept not penalised. Penalties fall evenly in logarithms from the smallest that leaves every column out (for α under 0.001: that
/// of α = 0.001); the path ends when the explained share of the deviance passes 0.999 or, from the sixth point on, grows by under 10⁻⁵ of
/// itself. λ by K-fold cross-validation: mean deviance out of fold, weighted by fold size.
/// Arguments: see <see cref="Fit(DesignMatrix, ReadOnlySpan{bool}, ReadOnlySpan{double}, CancellationToken)"/>,
/// <see cref="ElasticNetOptions"/>. Result: <see cref="PropensityFit"/> with coefficients on the covariates' own scale and without
/// standard errors (no honest ones follow a choice by the data); <see cref="CrossValidatedPath"/> on request. Only constant columns are
/// dropped.
/// Not estimable when: an arm is empty; no column varies; folds cannot be made, or a fold's other rows lack an arm; steps are used up.
/// Ties, order, seed: folds as in <see cref="CrossFitting"/>; of equally good penalties the larger; the same bytes with any number of
/// threads.
/// Source: Friedman, Hastie and Tibshirani (2010), Journal of Statistical Software 33(1), §3; glmnet 4.1's path and one-standard-error
/// rule. Unlike glmnet, solutions are taken to some 10⁻¹² rather than to 10⁻⁷ of the null deviance.
/// Checked against: glmnet 4.1-6 at its tightest on weighted lalonde, ridge to lasso (1e-7), and in the tests the optimality conditions,
/// maximum likelihood as λ goes to 0, and a proximal-gradient solver.
/// </summary>
public sealed class ElasticNetLogistic : IPropensityModel
{
    private readonly ElasticNetOptions _options;
    private readonly int _threads;

    /// <summary>Makes the model.</summary>
    /// <param name="options">Penalty and cross-validation.</param>
    /// <param name="threads">Number of threads, at least 1, or null for the machine's; the result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public ElasticNetLogistic(ElasticNetOptions options, int? threads = null)
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
        CrossValidate(x, treated, caseWeights, cancellationToken).Map(path => path.Path.FitAt(
            _options.Choice == PenaltyChoice.Minimum ? path.MinimumPoint : path.OneStandardErrorPoint));

    /// <summary>Solutions for all penalties.</summary>
    /// <param name="x">Covariates, one row per person, without an intercept.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="caseWeights">How much each row counts, finite and at least 0, or empty for all one.</param>
    /// <param name="penalties">The penalties, falling and above 0; or null for the path of the options.</param>
    /// <param name="cancellationToken">Stops the work between passes.</param>
    /// <returns>The path, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a number is out of range.</exception>
    public Estimable<PenaltyPath> Path(
        DesignMatrix x,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<double> caseWeights = default,
        IReadOnlyList<double>? penalties = null,
        CancellationToken cancellationToken = default)
    {
        PropensityGuards.Arguments(x, treated, caseWeights);
        if (penalties is not null && (penalties.Any(p => p is not (> 0 and < double.PositiveInfinity))
            || penalties.Zip(penalties.Skip(1)).Any(pair => pair.First <= pair.Second)))
        {
            throw new ArgumentException("Penalties are above 0 and fall.", nameof(penalties));
        }

        return Path(x, treated, caseWeights.ToArray(), penalties, _threads, cancellationToken);
    }

    /// <summary>Solutions for all penalties, judged out of fold.</summary>
    /// <param name="x">Covariates, one row per person, without an intercept.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="caseWeights">How much each row counts, finite and at least 0, or empty for all one.</param>
    /// <param name="cancellationToken">Stops the work between passes.</param>
    /// <returns>The path, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a number is out of range.</exception>
    public Estimable<CrossValidatedPath> CrossValidate(
        DesignMatrix x,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<double> caseWeights = default,
        CancellationToken cancellationToken = default)
    {
        PropensityGuards.Arguments(x, treated, caseWeights);
        var clusters = _options.Clusters.Span;
        if (!clusters.IsEmpty) RowGuards.SameLength(x.Rows, clusters.Length, nameof(ElasticNetOptions.Clusters));
        var (arms, weights) = (treated.ToArray(), caseWeights.ToArray());
        var path = Path(x, arms, weights, null, _threads, cancellationToken);
        var foldOf = FoldAssignment.Of(treated, clusters, _options.Folds, _options.Seed);
        return path.Then(whole => foldOf is null
            ? Estimable.Not<CrossValidatedPath>(
                NotEstimableReason.TooFewObservations, $"Rows or clusters cannot be divided into {_options.Folds} folds.")
            : new PenaltyCrossValidation(x, arms, weights, foldOf, _options.Folds, _threads).Judge(
                whole, (training, penalties) => Path(x, arms, training, penalties, 1, cancellationToken), cancellationToken));
    }

    private Estimable<PenaltyPath> Path(
        DesignMatrix x, ReadOnlySpan<bool> treated, double[] caseWeights, IReadOnlyList<double>? penalties, int threads,
        CancellationToken cancellationToken)
    {
        if (PropensityGuards.EmptyArm(treated, ArmTotals.Of(treated, caseWeights)) is { } empty)
        {
            return Estimable.Not<PenaltyPath>(empty.Reason, empty.Detail);
        }

        var design = StandardisedDesign.From(x, threads, caseWeights, keepCollinear: true);
        if (design.Size == 1) return Estimable.Not<PenaltyPath>(NotEstimableReason.NoVariation, "No column varies.");

        var solver = new ElasticNetSolver(design, treated, caseWeights, _options.Mixing, threads);
        List<PenaltyPathPoint> points = [];
        foreach (var penalty in penalties ?? Penalties(solver.LargestPenalty, design))
        {
            if (!solver.Advance(penalty, cancellationToken))
            {
                return Estimable.Not<PenaltyPath>(NotEstimableReason.DidNotConverge, $"Penalty number {points.Count + 1} was not solved.");
            }

            points.Add(Point(x, design, solver, penalty));
            if (penalties is null && Ends(points)) break;
        }

        return Estimable.Of(new PenaltyPath(x, design, solver.NullDeviance, points, threads));
    }

    private static PenaltyPathPoint Point(DesignMatrix x, StandardisedDesign design, ElasticNetSolver solver, double penalty)
    {
        var beta = solver.Beta;
        return new PenaltyPathPoint
        {
            Penalty = penalty,
            Coefficients = OwnUnits.Named(x, design, beta, []),
            Deviance = solver.Deviance,
            DevianceRatio = 1 - (solver.Deviance / solver.NullDeviance),
            Columns = beta.Skip(1).Count(b => b != 0),
            Iterations = solver.Steps,
            Beta = beta
        };
    }

    private double[] Penalties(double largest, StandardisedDesign design)
    {
        var ratio = _options.SmallestRatio ?? (design.Rows < design.Size - 1 ? 1e-2 : 1e-4);
        var last = _options.Penalties - 1.0;
        return [.. Enumerable.Range(0, _options.Penalties).Select(i => largest * Math.Pow(ratio, i / last))];
    }

    private static bool Ends(List<PenaltyPathPoint> points)
    {
        var ratio = points[^1].DevianceRatio;
        return points.Count > 5 && (ratio > 0.999 || ratio - points[^2].DevianceRatio < 1e-5 * ratio);
    }
}
