using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>A fitted model of an outcome's mean.</summary>
public sealed class GeneralisedLinearFit
{
    /// <summary>The outcome's family.</summary>
    public required OutcomeFamily Family { get; init; }

    /// <summary>Intercept first, then one per kept column, in the columns' own units, with standard errors from the likelihood.</summary>
    public required IReadOnlyList<Coefficient> Coefficients { get; init; }

    /// <summary>Fitted mean per row, in the outcome's unit; also for rows of weight 0.</summary>
    public required ReadOnlyMemory<double> Means { get; init; }

    /// <summary>Twice the log likelihood lost against a perfect fit; the residual sum of squares for the linear family.</summary>
    public required double Deviance { get; init; }

    /// <summary>The deviance of one mean (or one rate) for all.</summary>
    public required double NullDeviance { get; init; }

    /// <summary>
    /// What variances are multiplied with: residual variance for linear, Pearson's for gamma, 1 for logistic and Poisson.
    /// </summary>
    public required double Dispersion { get; init; }

    /// <summary>Pearson's χ² / (n − k): well over 1 for Poisson means that counts vary more than the model says.</summary>
    public required double PearsonDispersion { get; init; }

    /// <summary>Rows with weight less coefficients.</summary>
    public required int ResidualDegreesOfFreedom { get; init; }

    /// <summary>Newton steps taken.</summary>
    public required int Iterations { get; init; }

    /// <summary>Columns left out because they are constant or linear combinations of earlier ones.</summary>
    public required IReadOnlyList<string> DroppedColumns { get; init; }
}
