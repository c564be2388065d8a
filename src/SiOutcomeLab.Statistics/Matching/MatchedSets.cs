namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Rows in disjoint sets that hold both arms: strata, subclasses, or the sets of full matching.</summary>
public sealed class MatchedSets : MatchedRows
{
    private readonly int[] _treatedCounts;
    private readonly int[] _controlCounts;

    private MatchedSets(
        string method, Estimand estimand, double[] weights, int[] subclasses, int[] treatedCounts, int[] controlCounts)
        : base(method, estimand, weights, subclasses)
    {
        _treatedCounts = treatedCounts;
        _controlCounts = controlCounts;
    }

    /// <summary>Number of sets.</summary>
    public int Sets => _treatedCounts.Length;

    /// <summary>Treated rows per set.</summary>
    public IReadOnlyList<int> TreatedCounts => _treatedCounts;

    /// <summary>Comparison rows per set.</summary>
    public IReadOnlyList<int> ControlCounts => _controlCounts;

    /// <summary>Sum of the distances between treated and comparison rows of one set, over all sets; 0 where no distance was used.</summary>
    public double SumOfDistances { get; private init; }

    /// <summary>Between which values of the measure subclasses lie, ends included; empty for other methods.</summary>
    public IReadOnlyList<double> Cutpoints { get; private init; } = [];

    /// <summary>
    /// Numbers the codes that hold both arms from 0 in ascending order, leaves rows of other codes and of negative codes out, and weights:
    /// for the effect on the treated a comparison row stands for n₁/n₀ of its set, on the untreated the reverse, on everybody each row for
    /// n/n of its arm; then each reweighted arm is scaled to mean 1.
    /// </summary>
    internal static Estimable<MatchedSets> Of(
        string method,
        ReadOnlySpan<int> codes,
        ReadOnlySpan<bool> treated,
        Estimand estimand,
        double sumOfDistances = 0,
        IReadOnlyList<double>? cutpoints = null)
    {
        var (index, count) = StratumIndex.Of(codes);
        var arms = new int[2, count];
        for (var i = 0; i < index.Length; i++)
        {
            if (codes[i] >= 0) arms[treated[i] ? 1 : 0, index[i]]++;
        }

        var number = new int[count];
        List<int> treatedCounts = [], controlCounts = [];
        for (var s = 0; s < count; s++)
        {
            number[s] = arms[0, s] > 0 && arms[1, s] > 0 ? treatedCounts.Count : -1;
            if (number[s] < 0) continue;
            treatedCounts.Add(arms[1, s]);
            controlCounts.Add(arms[0, s]);
        }

        if (treatedCounts.Count == 0)
        {
            return Estimable.Not<MatchedSets>(
                NotEstimableReason.TooFewMatches, $"None of {count} strata holds both a treated and a comparison row.");
        }

        var (treatedUsed, controlUsed) = (treatedCounts.Sum(), controlCounts.Sum());
        var subclasses = new int[index.Length];
        var weights = new double[index.Length];
        for (var i = 0; i < index.Length; i++)
        {
            var set = subclasses[i] = codes[i] < 0 ? -1 : number[index[i]];
            if (set < 0) continue;
            var (n1, n0) = ((double)treatedCounts[set], (double)controlCounts[set]);
            weights[i] = (estimand, treated[i]) switch
            {
                (Estimand.Treated, true) or (Estimand.Untreated, false) => 1,
                (Estimand.Treated, false) => n1 / n0 * controlUsed / treatedUsed,
                (Estimand.Untreated, true) => n0 / n1 * treatedUsed / controlUsed,
                (Estimand.Everyone, true) => (n1 + n0) / n1 * treatedUsed / (treatedUsed + controlUsed),
                (Estimand.Everyone, false) => (n1 + n0) / n0 * controlUsed / (treatedUsed + controlUsed),
                _ => throw new ArgumentOutOfRangeException(nameof(estimand), estimand, "Sets aim at the treated, untreated or everyone.")
            };
        }

        return Estimable.Of(new MatchedSets(method, estimand, weights, subclasses, [.. treatedCounts], [.. controlCounts])
        {
            TreatedMatched = treatedUsed,
            TreatedDropped = treated.Count(true) - treatedUsed,
            ControlsMatched = controlUsed,
            SumOfDistances = sumOfDistances,
            Cutpoints = cutpoints ?? []
        });
    }
}
