namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>A penalty path with what each penalty is worth on rows that it has not seen.</summary>
public sealed class CrossValidatedPath
{
    internal CrossValidatedPath(PenaltyPath path, double[] deviances, double[] standardErrors, int[] folds)
    {
        Path = path;
        MeanDeviances = deviances;
        StandardErrors = standardErrors;
        Folds = folds;
        // Of equal deviances the larger penalty.
        MinimumPoint = Array.IndexOf(deviances, deviances.Min());
        OneStandardErrorPoint = Array.FindIndex(deviances, value => value <= deviances[MinimumPoint] + standardErrors[MinimumPoint]);
    }

    /// <summary>The path on all rows.</summary>
    public PenaltyPath Path { get; }

    /// <summary>Mean deviance per row out of fold, per point of the path; scores are kept within [10⁻⁵, 1 − 10⁻⁵] for it.</summary>
    public IReadOnlyList<double> MeanDeviances { get; }

    /// <summary>Standard error of each mean, from the spread between folds.</summary>
    public IReadOnlyList<double> StandardErrors { get; }

    /// <summary>The fold of each row, from 0.</summary>
    public ReadOnlyMemory<int> Folds { get; }

    /// <summary>The point with the smallest mean deviance.</summary>
    public int MinimumPoint { get; }

    /// <summary>The point with the largest penalty within one standard error of that.</summary>
    public int OneStandardErrorPoint { get; }
}
