namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Who was matched with whom.</summary>
public sealed class MatchedSample
{
    private readonly int[] _treatedRows;
    private readonly int[] _controls;

    internal MatchedSample(int[] treatedRows, int[] controls, int ratio, double[] weights, int[] subclasses)
    {
        _treatedRows = treatedRows;
        _controls = controls;
        Ratio = ratio;
        Weights = weights;
        Subclasses = subclasses;
    }

    /// <summary>Controls wanted per treated row.</summary>
    public int Ratio { get; }

    /// <summary>True when a control could serve several treated rows; <see cref="Subclasses"/> is then empty.</summary>
    public required bool Replacement { get; init; }

    /// <summary>Row numbers of all treated rows, ascending.</summary>
    public IReadOnlyList<int> TreatedRows => _treatedRows;

    /// <summary>
    /// Weight per row as MatchIt gives it: a matched treated row 1, an unmatched row 0; a control the sum over its treated rows of
    /// 1 / (their number of controls), scaled so that matched controls have mean 1.
    /// </summary>
    public ReadOnlyMemory<double> Weights { get; }

    /// <summary>
    /// Matched set per row, numbered from 0 in the order of <see cref="TreatedRows"/>; −1 for unmatched rows. Empty with replacement.
    /// </summary>
    public ReadOnlyMemory<int> Subclasses { get; }

    /// <summary>Sum over all pairs of the absolute distance, in the unit of what was matched on.</summary>
    public required double SumOfDistances { get; init; }

    /// <summary>The caliper used, in the unit of what was matched on; infinite for none.</summary>
    public required double CaliperWidth { get; init; }

    /// <summary>Number of pairs.</summary>
    public required int Pairs { get; init; }

    /// <summary>Treated rows with at least one control.</summary>
    public required int TreatedMatched { get; init; }

    /// <summary>Treated rows without any control.</summary>
    public int TreatedDropped => _treatedRows.Length - TreatedMatched;

    /// <summary>Distinct controls in use.</summary>
    public required int ControlsMatched { get; init; }

    /// <summary>The controls of one treated row, nearest first as they were found.</summary>
    /// <param name="index">Position in <see cref="TreatedRows"/>.</param>
    /// <returns>Exactly <see cref="Ratio"/> row numbers; −1 where no control was found.</returns>
    public ReadOnlySpan<int> ControlsOf(int index) => _controls.AsSpan(index * Ratio, Ratio);
}
