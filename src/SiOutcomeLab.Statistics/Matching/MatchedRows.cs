namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Rows with the weights and sets that a matching method gave them, whichever method it was.</summary>
public abstract class MatchedRows
{
    private protected MatchedRows(string method, Estimand estimand, double[] weights, int[] subclasses)
    {
        Method = method;
        Estimand = estimand;
        Weights = weights;
        Subclasses = subclasses;
    }

    /// <summary>The method's name.</summary>
    public string Method { get; }

    /// <summary>Whose average effect the weights aim at, rows that were left out not counted.</summary>
    public Estimand Estimand { get; }

    /// <summary>
    /// Weight per row as MatchIt gives it: 0 for rows left out; for the effect on the treated 1 for treated rows, and comparison rows by
    /// what they stand for, with mean 1 over those in use.
    /// </summary>
    public ReadOnlyMemory<double> Weights { get; }

    /// <summary>Matched set per row, numbered from 0; −1 for rows left out. Empty when sets overlap, as with replacement.</summary>
    public ReadOnlyMemory<int> Subclasses { get; }

    /// <summary>Treated rows in use.</summary>
    public required int TreatedMatched { get; init; }

    /// <summary>Treated rows left out.</summary>
    public required int TreatedDropped { get; init; }

    /// <summary>Comparison rows in use.</summary>
    public required int ControlsMatched { get; init; }
}
