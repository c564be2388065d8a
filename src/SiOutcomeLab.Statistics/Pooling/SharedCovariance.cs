namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Estimand: the covariance matrix of the sampling errors of k estimates that have persons in common (a comparison person may serve in
/// several), for <see cref="EstimateSet.Correlated"/>.
/// Formula: V_ab = Σ over persons of ψ_a(person) ψ_b(person), with ψ the estimate's influence values, scaled so that their sum of squares
/// is the squared standard error (as EffectResult hands out), and summed within person first.
/// Arguments: see <see cref="FromInfluence"/>.
/// Result: row-major k × k, symmetric, positive semidefinite; the diagonal is each estimate's clustered variance.
/// Not estimable when: never; a singular matrix is refused where it is used.
/// Ties, order, seed: persons are summed in the order of their ids, so the order of rows changes nothing beyond rounding.
/// Cost: one sort of all values, then Σ over persons of (number of estimates they count in)²; no k × n matrix is made.
/// Source: Stefanski and Boos (2002), The American Statistician 56(1), p. 29–38; Wei, Lin and Weissfeld (1989), Journal of the American
/// Statistical Association 84(408), p. 1065–1073 (joint covariance from per-person contributions).
/// Checked against: dense matrices and a simulation with shared persons in the tests.
/// </summary>
public static class SharedCovariance
{
    /// <summary>Adds up the covariance matrix.</summary>
    /// <param name="influence">
    /// Per estimate: ids (person, or delivery group when errors cluster there) and influence values, of one length; ids may repeat, values
    /// are finite.
    /// </param>
    /// <returns>Row-major k × k.</returns>
    /// <exception cref="ArgumentException">Lengths differ within an estimate, or a value is NaN or infinite.</exception>
    public static double[] FromInfluence(IReadOnlyList<(ReadOnlyMemory<long> Ids, ReadOnlyMemory<double> Values)> influence)
    {
        ArgumentNullException.ThrowIfNull(influence);
        var k = influence.Count;
        var total = 0;
        foreach (var (ids, values) in influence)
        {
            RowGuards.SameLength(ids.Length, values.Length, nameof(influence));
            RowGuards.Finite(values.Span, nameof(influence));
            foreach (var value in values.Span)
            {
                if (value != 0) total = checked(total + 1);
            }
        }

        var keys = new long[total];
        var parts = new (int Estimate, double Value)[total];
        var at = 0;
        for (var a = 0; a < k; a++)
        {
            var ids = influence[a].Ids.Span;
            var values = influence[a].Values.Span;
            for (var i = 0; i < ids.Length; i++)
            {
                // Persons without weight have influence 0 and are most of a comparison pool.
                if (values[i] == 0) continue;
                keys[at] = ids[i];
                parts[at++] = (a, values[i]);
            }
        }

        Array.Sort(keys, parts);
        return Accumulate(keys, parts, k);
    }

    private static double[] Accumulate(long[] keys, (int Estimate, double Value)[] parts, int k)
    {
        var matrix = new double[k * k];
        var sums = new double[k];
        var present = new List<int>();
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start; end < keys.Length && keys[end] == keys[start]; end++)
            {
                var (estimate, value) = parts[end];
                if (!present.Contains(estimate)) present.Add(estimate);
                sums[estimate] += value;
            }

            foreach (var a in present)
            {
                foreach (var b in present)
                {
                    if (b <= a) matrix[(a * k) + b] += sums[a] * sums[b];
                }
            }

            foreach (var a in present) sums[a] = 0;
            present.Clear();
        }

        for (var a = 0; a < k; a++)
        {
            for (var b = 0; b < a; b++) matrix[(b * k) + a] = matrix[(a * k) + b];
        }

        return matrix;
    }
}
