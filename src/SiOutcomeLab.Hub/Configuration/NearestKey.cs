namespace SiOutcomeLab.Hub.Configuration;

/// <summary>The known key that a mistyped one most likely meant.</summary>
internal static class NearestKey
{
    /// <summary>The nearest of <paramref name="known"/> by edits of single letters, when no more than a third of the key is wrong.</summary>
    public static string? Of(string wrong, IEnumerable<string> known)
    {
        var (best, distance) = known.Select(k => (Key: k, Distance: Math.Min(Distance(wrong, k), Distance(wrong, Last(k)))))
            .OrderBy(x => x.Distance).ThenBy(x => x.Key, StringComparer.Ordinal).FirstOrDefault();
        return best is not null && distance <= Math.Max(2, wrong.Length / 3) ? best : null;
    }

    private static string Last(string key) => key[(key.LastIndexOf('.') + 1)..];

    // Levenshtein (1966): the fewest insertions, deletions and replacements.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
