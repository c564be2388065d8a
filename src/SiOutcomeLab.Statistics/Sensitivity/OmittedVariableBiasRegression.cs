using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>
/// Estimand: the coefficient of a treatment in a linear regression of the outcome on treatment and covariates.
/// Formula: least squares with homoskedastic errors; a group of covariates' partial R² is 1 − SSR(all)/SSR(all but the group). What
/// follows from them: <see cref="OmittedVariableBias"/>.
/// Arguments: see <see cref="Analyse"/>. Result: <see cref="OmittedVariableBiasResult"/>.
/// Not estimable when: the treatment or a benchmark is a combination of (other) covariates, or too few rows are left.
/// Ties, order, seed: none. Source and page: as <see cref="OmittedVariableBias"/>, §4.4. Checked against: R's lm on lalonde (1e-10).
/// </summary>
public static class OmittedVariableBiasRegression
{
    private const string TreatmentName = "\u0001treatment";

    /// <summary>Fits the regression and says what it withstands.</summary>
    /// <param name="outcome">One finite number per row.</param>
    /// <param name="treatment">Treatment per row, finite: 0/1 or a dose.</param>
    /// <param name="x">Covariates of the same rows.</param>
    /// <param name="benchmarks">Covariates to compare a confounder with: a name and the columns that belong to it.</param>
    /// <param name="multiples">How many times as strong the confounder may be, each above 0.</param>
    /// <param name="alpha">Two-sided level, in (0, 1).</param>
    /// <returns>The analysis, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a number is not finite, or a benchmark names no column.</exception>
    public static Estimable<OmittedVariableBiasResult> Analyse(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<double> treatment,
        DesignMatrix x,
        IReadOnlyList<(string Name, IReadOnlyList<string> Columns)> benchmarks,
        IReadOnlyList<double> multiples,
        double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(benchmarks);
        ArgumentNullException.ThrowIfNull(multiples);
        RowGuards.SameLength(x.Rows, outcome.Length, nameof(outcome));
        RowGuards.SameLength(x.Rows, treatment.Length, nameof(treatment));
        RowGuards.Finite(outcome, nameof(outcome));
        RowGuards.Finite(treatment, nameof(treatment));
        RowGuards.Level(1 - alpha);
        foreach (var column in benchmarks.SelectMany(benchmark => benchmark.Columns).Except(x.Names))
        {
            throw new ArgumentException($"The covariates have no column '{column}'.", nameof(benchmarks));
        }

        var (y, d) = (outcome.ToArray(), treatment.ToArray());
        // The treatment comes last, so that it is the one found to be a combination of covariates, and not they of it.
        var design = StandardisedDesign.From(Columns(x, [], d));
        if (design.Dropped.Contains(TreatmentName))
        {
            return Estimable.Not<OmittedVariableBiasResult>(
                NotEstimableReason.Collinear, "The treatment is constant or a combination of the covariates.");
        }

        var left = x.Rows - design.Size;
        if (left < 2)
        {
            return Estimable.Not<OmittedVariableBiasResult>(
                NotEstimableReason.TooFewObservations, $"{x.Rows} rows leave {left} degrees of freedom.");
        }

        if (Fit(design, y) is not { } fit) return Collinear("covariates");
        var squares = SumOfSquares(fit);
        if (!(squares > 0))
        {
            return Estimable.Not<OmittedVariableBiasResult>(NotEstimableReason.NoVariation, "The regression leaves no residual variance.");
        }

        var last = design.Size - 1;
        var error = Math.Sqrt(squares / left * fit.CrossProduct.Inverse()[^1]);
        var t = fit.Coefficients[last] / error;
        var (estimate, standardError) = (fit.Coefficients[last] / design.Scale[last - 1], error / design.Scale[last - 1]);
        var covariates = Fit(StandardisedDesign.From(x), d);
        if (covariates is null) return Collinear("covariates");

        List<ConfounderBound> bounds = [];
        foreach (var (name, columns) in benchmarks)
        {
            if (columns.Count == 0 || columns.Any(design.Dropped.Contains)) return Collinear($"benchmark '{name}'");
            var reducedTreatment = Fit(StandardisedDesign.From(Columns(x, columns, null)), d);
            var reducedOutcome = Fit(StandardisedDesign.From(Columns(x, columns, d)), y);
            if (reducedTreatment is null || reducedOutcome is null) return Collinear($"benchmark '{name}'");
            var r = Math.Max(0, 1 - (SumOfSquares(covariates) / SumOfSquares(reducedTreatment)));
            var rho = Math.Max(0, 1 - (squares / SumOfSquares(reducedOutcome)));
            bounds.AddRange(multiples.Select(k => OmittedVariableBias.Bound(
                name, r, rho, estimate, standardError, left, k, level: 1 - alpha)));
        }

        return Estimable.Of(new OmittedVariableBiasResult
        {
            Estimate = estimate,
            StandardError = standardError,
            DegreesOfFreedom = left,
            ResidualDeviation = Math.Sqrt(squares / left),
            T = t,
            PartialR2 = OmittedVariableBias.PartialR2(t, left),
            RobustnessValue = OmittedVariableBias.RobustnessValue(t, left),
            RobustnessValueAtLevel = OmittedVariableBias.RobustnessValue(t, left, alpha: alpha),
            Bounds = bounds
        });
    }

    private static NotEstimable<OmittedVariableBiasResult> Collinear(string what) =>
        new(NotEstimableReason.Collinear, $"The {what} cannot be told apart from other columns.");

    private static DesignMatrix Columns(DesignMatrix x, IReadOnlyList<string> without, double[]? treatment)
    {
        List<(string Name, double[] Values)> columns = [];
        for (var j = 0; j < x.Columns; j++)
        {
            if (!without.Contains(x.Names[j])) columns.Add((x.Names[j], x.Column(j).ToArray()));
        }

        if (treatment is not null) columns.Add((TreatmentName, treatment));
        return columns.Count > 0 ? DesignMatrix.FromColumns(columns) : new DesignMatrix(x.Rows, [], []);
    }

    private static LeastSquares? Fit(StandardisedDesign design, double[] values)
    {
        var weights = new double[values.Length];
        Array.Fill(weights, 1);
        return LeastSquares.TryFit(design, values, weights);
    }

    private static double SumOfSquares(LeastSquares fit) => LaneSum.Dot(fit.Residuals, fit.Residuals);
}
