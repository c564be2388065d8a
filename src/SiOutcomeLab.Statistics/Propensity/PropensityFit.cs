using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>A fitted propensity model.</summary>
public sealed class PropensityFit
{
    internal PropensityFit(
        IReadOnlyList<Coefficient> coefficients,
        double[] scores,
        double[] linearPredictors,
        StandardisedDesign design,
        Cholesky information)
    {
        Coefficients = coefficients;
        Scores = scores;
        LinearPredictors = linearPredictors;
        Design = design;
        Information = information;
    }

    /// <summary>The intercept first, then the columns that the model kept, in column order.</summary>
    public IReadOnlyList<Coefficient> Coefficients { get; }

    /// <summary>Probability of treatment per row, in (0, 1).</summary>
    public ReadOnlyMemory<double> Scores { get; }

    /// <summary>Log odds of treatment per row.</summary>
    public ReadOnlyMemory<double> LinearPredictors { get; }

    /// <summary>−2 log likelihood at the fit.</summary>
    public required double Deviance { get; init; }

    /// <summary>−2 log likelihood of the model with an intercept only.</summary>
    public required double NullDeviance { get; init; }

    /// <summary>Number of Newton steps taken.</summary>
    public required int Iterations { get; init; }

    /// <summary>Columns left out because they are constant or linear combinations of earlier ones, in column order.</summary>
    public IReadOnlyList<string> DroppedColumns => Design.Dropped;

    /// <summary>The design that the model saw; effects need it to carry the model's own uncertainty.</summary>
    internal StandardisedDesign Design { get; }

    /// <summary>Information matrix X'WX in the coordinates of <see cref="Design"/>.</summary>
    internal Cholesky Information { get; }
}
