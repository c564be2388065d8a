namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>Scores of rows by models that have not seen them.</summary>
public sealed class CrossFitted
{
    internal CrossFitted(double[] scores, double[] linearPredictors, int[] folds, int foldCount)
    {
        Scores = scores;
        LinearPredictors = linearPredictors;
        Folds = folds;
        FoldCount = foldCount;
    }

    /// <summary>Probability of treatment per row, in (0, 1).</summary>
    public ReadOnlyMemory<double> Scores { get; }

    /// <summary>Log odds of treatment per row.</summary>
    public ReadOnlyMemory<double> LinearPredictors { get; }

    /// <summary>The fold of each row, from 0.</summary>
    public ReadOnlyMemory<int> Folds { get; }

    /// <summary>Number of folds.</summary>
    public int FoldCount { get; }
}
