namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Who was matched with whom: each treated row with one or more controls of its own or shared.</summary>
public sealed class MatchedSample : MatchedRows
{
    private readonly int[] _treatedRows;
    private readonly int[] _controls;

    internal MatchedSample(string method, int[] treatedRows, int[] controls, int ratio, double[] weights, int[] subclasses)
        : base(method, Estimand.Treated, weights, subclasses)
    {
        _treatedRows = treatedRows;
        _controls = controls;
        Ratio = ratio;
    }

    /// <summary>Most controls that a treated row may have.</summary>
    public int Ratio { get; }

    /// <summary>True when a control could serve several treated rows; <see cref="MatchedRows.Subclasses"/> is then empty.</summary>
    public required bool Replacement { get; init; }

    /// <summary>Row numbers of all treated rows, ascending. Sets are numbered by position in this list.</summary>
    public IReadOnlyList<int> TreatedRows => _treatedRows;

    /// <summary>Sum over all pairs of the distance that was matched on, in its unit.</summary>
    public required double SumOfDistances { get; init; }

    /// <summary>The caliper used on the measure, in its unit; infinite for none.</summary>
    public required double CaliperWidth { get; init; }

    /// <summary>Number of pairs.</summary>
    public required int Pairs { get; init; }

    /// <summary>The controls of one treated row, nearest first as they were found.</summary>
    /// <param name="index">Position in <see cref="TreatedRows"/>.</param>
    /// <returns>Exactly <see cref="Ratio"/> row numbers; −1 where no control was found.</returns>
    public ReadOnlySpan<int> ControlsOf(int index) => _controls.AsSpan(index * Ratio, Ratio);
}
