namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>Seeded division of rows into folds: clusters stay whole; without clusters each arm is spread evenly.</summary>
internal static class FoldAssignment
{
    /// <summary>The fold of each row, from 0; null when there are fewer units (in an arm, or clusters) than folds.</summary>
    /// <param name="treated">The arms.</param>
    /// <param name="clusters">Cluster of each row, or empty.</param>
    /// <param name="folds">Number of folds, at least 2.</param>
    /// <param name="seed">The seed.</param>
    public static int[]? Of(ReadOnlySpan<bool> treated, ReadOnlySpan<int> clusters, int folds, int seed) =>
        clusters.IsEmpty ? OfRows(treated, folds, seed) : OfClusters(clusters, folds, seed);

    private static int[]? OfRows(ReadOnlySpan<bool> treated, int folds, int seed)
    {
        if (Math.Min(treated.Count(true), treated.Count(false)) < folds) return null;
        var keys = new ulong[treated.Length];
        var rows = new int[treated.Length];
        for (var i = 0; i < rows.Length; i++) (keys[i], rows[i]) = (Mixed(seed, i), i);
        Array.Sort(keys, rows);
        var result = new int[rows.Length];
        var (inside, outside) = (0, 0);
        // The comparison rows are dealt backwards, so that left-over rows of both arms do not pile up in the first folds.
        foreach (var row in rows) result[row] = treated[row] ? inside++ % folds : folds - 1 - (outside++ % folds);
        return result;
    }

    private static int[]? OfClusters(ReadOnlySpan<int> clusters, int folds, int seed)
    {
        var sizes = new Dictionary<int, int>();
        foreach (var cluster in clusters) sizes[cluster] = sizes.GetValueOrDefault(cluster) + 1;
        if (sizes.Count < folds) return null;
        var foldOf = new Dictionary<int, int>();
        var rowsIn = new int[folds];
        // By the seed and the cluster's own code, so that the order of rows changes nothing; each goes where fewest rows are.
        foreach (var cluster in sizes.Keys.OrderBy(code => Mixed(seed, code)).ThenBy(code => code))
        {
            var fold = Array.IndexOf(rowsIn, rowsIn.Min());
            foldOf[cluster] = fold;
            rowsIn[fold] += sizes[cluster];
        }

        var result = new int[clusters.Length];
        for (var i = 0; i < result.Length; i++) result[i] = foldOf[clusters[i]];
        return result;
    }

    // SplitMix64 (Steele, Lea and Flood 2014, OOPSLA, p. 453–472) of seed and unit: a bijection for a fixed seed, so no ties.
    private static ulong Mixed(int seed, int unit)
    {
        unchecked
        {
            var z = (((ulong)(uint)seed << 32) | (uint)unit) + 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
