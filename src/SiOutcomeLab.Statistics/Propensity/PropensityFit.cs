namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// A fitted propensity model: scores for the rows it was fitted on and for others. What not every model has (coefficients, their
/// covariance, score equations) is empty or null where it has none.
/// </summary>
public sealed class PropensityFit
{
    private readonly string[] _columns;
    private readonly Func<DesignMatrix, double[]> _logOdds;

    /// <summary>Makes a fit.</summary>
    /// <param name="columns">Names of the columns that the model was fitted on.</param>
    /// <param name="scores">Probability per row, in (0, 1).</param>
    /// <param name="linearPredictors">Log odds per row.</param>
    /// <param name="logOdds">Log odds of other rows with the same columns.</param>
    internal PropensityFit(
        IReadOnlyList<string> columns, double[] scores, double[] linearPredictors, Func<DesignMatrix, double[]> logOdds)
    {
        _columns = [.. columns];
        Scores = scores;
        LinearPredictors = linearPredictors;
        _logOdds = logOdds;
    }

    /// <summary>The intercept first, then the columns that the model kept, in column order; empty for models without.</summary>
    public IReadOnlyList<Coefficient> Coefficients { get; init; } = [];

    /// <summary>
    /// Covariance of <see cref="Coefficients"/>, row-major, by the inverse information (by the sandwich where the equations are not a
    /// likelihood's); empty for models without.
    /// </summary>
    public ReadOnlyMemory<double> Covariance { get; init; }

    /// <summary>Probability of treatment per row, in (0, 1).</summary>
    public ReadOnlyMemory<double> Scores { get; }

    /// <summary>Log odds of treatment per row.</summary>
    public ReadOnlyMemory<double> LinearPredictors { get; }

    /// <summary>−2 log likelihood at the fit.</summary>
    public required double Deviance { get; init; }

    /// <summary>−2 log likelihood of the model with an intercept only.</summary>
    public required double NullDeviance { get; init; }

    /// <summary>Akaike's criterion, deviance + 2 × number of coefficients, for maximum-likelihood fits; otherwise null.</summary>
    public double? Aic { get; init; }

    /// <summary>Number of steps (Newton steps, trees) taken.</summary>
    public required int Iterations { get; init; }

    /// <summary>Columns left out because they are constant or linear combinations of earlier ones, in column order.</summary>
    public IReadOnlyList<string> DroppedColumns { get; init; } = [];

    /// <summary>What effects need to carry the model's own uncertainty; null for models without score equations.</summary>
    internal ScoreEquations? Equations { get; init; }

    /// <summary>Scores of any rows.</summary>
    /// <param name="x">Covariates: the columns that the model was fitted on, in that order.</param>
    /// <returns>Probability of treatment per row.</returns>
    /// <exception cref="ArgumentException">The columns are others.</exception>
    public double[] Predict(DesignMatrix x)
    {
        var scores = PredictLogOdds(x);
        LogitLink.Probabilities(scores, scores);
        return scores;
    }

    /// <summary>Log odds of any rows.</summary>
    /// <param name="x">Covariates: the columns that the model was fitted on, in that order.</param>
    /// <returns>Log odds of treatment per row.</returns>
    /// <exception cref="ArgumentException">The columns are others.</exception>
    public double[] PredictLogOdds(DesignMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!_columns.AsSpan().SequenceEqual([.. x.Names]))
        {
            throw new ArgumentException("The columns are not those that the model was fitted on.", nameof(x));
        }

        return _logOdds(x);
    }

    /// <summary>Coefficients with the sandwich standard errors HC0, which hold also where the model's form does not.</summary>
    /// <returns>As <see cref="Coefficients"/>; empty for models without score equations.</returns>
    public IReadOnlyList<Coefficient> RobustCoefficients()
    {
        if (Equations is not { } equations) return [];
        var covariance = OwnUnits.Covariance(equations.Design, equations.Sandwich());
        return [.. Coefficients.Select((c, j) => c with { StandardError = Math.Sqrt(covariance[(j * Coefficients.Count) + j]) })];
    }
}
