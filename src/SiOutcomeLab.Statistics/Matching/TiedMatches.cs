namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Each asked row with its nearest neighbours of the other arm, all ties included and equally weighted.</summary>
public sealed class TiedMatches : MatchedRows
{
    private readonly int[][] _neighbours;
    private readonly int[][]? _ownNeighbours;

    private TiedMatches(
        string method,
        Estimand estimand,
        double[] weights,
        int[][] neighbours,
        int[][]? ownNeighbours,
        double[] reuse,
        double[] reuseSquares)
        : base(method, estimand, weights, [])
    {
        _neighbours = neighbours;
        _ownNeighbours = ownNeighbours;
        Reuse = reuse;
        ReuseSquares = reuseSquares;
    }

    /// <summary>Rows that were matched: those asked about, less those left out.</summary>
    public required int Matched { get; init; }

    /// <summary>Rows that were asked about and left out, because too few neighbours are in reach.</summary>
    public required int Dropped { get; init; }

    /// <summary>Number of pairs of a row and a neighbour.</summary>
    public required int Pairs { get; init; }

    /// <summary>K per row: the sum over rows that it is a neighbour of, of one over their number of neighbours.</summary>
    internal double[] Reuse { get; }

    /// <summary>K' per row: the same sum with squared shares.</summary>
    internal double[] ReuseSquares { get; }

    internal bool HasOwnNeighbours => _ownNeighbours is not null;

    /// <summary>The neighbours of one row.</summary>
    /// <param name="row">Row number.</param>
    /// <returns>Row numbers of the other arm; empty when the row was not asked about or left out.</returns>
    public ReadOnlySpan<int> NeighboursOf(int row) => _neighbours[row];

    internal ReadOnlySpan<int> OwnNeighboursOf(int row) => _ownNeighbours is null ? [] : _ownNeighbours[row];

    /// <summary>Counts reuse and weights: a row that was asked about counts 1, and a neighbour what it stands for.</summary>
    internal static Estimable<TiedMatches> Of(
        string method, Estimand estimand, ReadOnlySpan<bool> treated, int[][] neighbours, int[][]? ownNeighbours)
    {
        var n = treated.Length;
        var (reuse, squares, weights) = (new double[n], new double[n], new double[n]);
        int asked = 0, matched = 0, pairs = 0;
        for (var i = 0; i < n; i++)
        {
            if (estimand == Estimand.Everyone || treated[i] == (estimand == Estimand.Treated)) asked++;
            if (neighbours[i].Length == 0) continue;
            var share = 1.0 / neighbours[i].Length;
            foreach (var j in neighbours[i])
            {
                if (treated[j] == treated[i]) throw PairRules.Broken("a row's neighbour is of its own arm");
                reuse[j] += share;
                squares[j] += share * share;
            }

            weights[i] = 1;
            matched++;
            pairs += neighbours[i].Length;
        }

        if (matched == 0)
        {
            return Estimable.Not<TiedMatches>(NotEstimableReason.TooFewMatches, $"None of {asked} rows has neighbours enough in reach.");
        }

        Span<int> used = [0, 0];
        Span<double> totals = [0, 0];
        for (var i = 0; i < n; i++)
        {
            weights[i] += reuse[i];
            if (weights[i] == 0) continue;
            used[treated[i] ? 1 : 0]++;
            totals[treated[i] ? 1 : 0] += weights[i];
        }

        for (var i = 0; i < n; i++) weights[i] *= used[treated[i] ? 1 : 0] / totals[treated[i] ? 1 : 0];
        return Estimable.Of(new TiedMatches(method, estimand, weights, neighbours, ownNeighbours, reuse, squares)
        {
            Matched = matched,
            Dropped = asked - matched,
            Pairs = pairs,
            TreatedMatched = used[1],
            TreatedDropped = treated.Count(true) - used[1],
            ControlsMatched = used[0]
        });
    }
}
