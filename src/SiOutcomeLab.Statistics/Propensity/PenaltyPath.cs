using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>Solutions of a penalised logistic regression from the largest penalty to the smallest.</summary>
public sealed class PenaltyPath
{
    private readonly DesignMatrix _x;
    private readonly StandardisedDesign _design;
    private readonly double _nullDeviance;
    private readonly int _threads;

    internal PenaltyPath(
        DesignMatrix x, StandardisedDesign design, double nullDeviance, IReadOnlyList<PenaltyPathPoint> points, int threads)
    {
        (_x, _design, _nullDeviance, _threads) = (x, design, nullDeviance, threads);
        Points = points;
    }

    /// <summary>The solutions; the path may end before its last penalty when the deviance no longer falls.</summary>
    public IReadOnlyList<PenaltyPathPoint> Points { get; }

    /// <summary>Columns left out of all solutions because they are constant.</summary>
    public IReadOnlyList<string> DroppedColumns => _design.Dropped;

    /// <summary>Scores all rows with one of the solutions.</summary>
    /// <param name="point">Its number in <see cref="Points"/>.</param>
    /// <returns>The fit; it has no standard errors, and effects take its scores as known.</returns>
    public PropensityFit FitAt(int point)
    {
        var solution = Points[point];
        var logOdds = _design.Times(solution.Beta, _threads);
        var scores = new double[logOdds.Length];
        LogitLink.Probabilities(logOdds, scores);
        return new PropensityFit(_x.Names, scores, logOdds, rows => _design.Of(rows).Times(solution.Beta, _threads))
        {
            Coefficients = solution.Coefficients,
            Deviance = solution.Deviance,
            NullDeviance = _nullDeviance,
            Iterations = solution.Iterations,
            DroppedColumns = DroppedColumns
        };
    }

    /// <summary>Scores of other rows by one of the solutions.</summary>
    internal double[] Predict(DesignMatrix rows, int point)
    {
        var scores = _design.Of(rows).Times(Points[point].Beta, 1);
        LogitLink.Probabilities(scores, scores);
        return scores;
    }
}
