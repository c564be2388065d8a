namespace SiOutcomeLab.Cli.Analysing.Files;

/// <summary>The names that a mistyped one most likely meant.</summary>
internal static class NearName
{
    private const int Most = 3;

    /// <summary>Names that differ in case only, or by a few letters, or begin with it; the nearest first.</summary>
    public static IReadOnlyList<string> Of(string wrong, IEnumerable<string> known) =>
        [.. known.Select(name => (Name: name, Distance: Distance(wrong.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(near => near.Distance <= Math.Max(1, wrong.Length / 3) || near.Name.StartsWith(wrong, StringComparison.OrdinalIgnoreCase))
            .OrderBy(near => near.Distance).ThenBy(near => near.Name, StringComparer.Ordinal).Take(Most).Select(near => near.Name)];

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
