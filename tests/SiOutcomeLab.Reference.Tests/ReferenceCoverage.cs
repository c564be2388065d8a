using System.Text;

[assembly: AssemblyFixture(typeof(SiOutcomeLab.Reference.Tests.ReferenceCoverage))]

namespace SiOutcomeLab.Reference.Tests;

/// <summary>
/// Counts, when all tests have run, which reference numbers a test has read, and writes the list beside the tests. In a whole run
/// (SILAB_REQUIRE=all) every number must have been read or stand in <c>data/not-covered.csv</c> with a reason, and no row there may be
/// out of date.
/// </summary>
public sealed class ReferenceCoverage : IDisposable
{
    /// <summary>Ids that begin with a prefix are left out for a reason.</summary>
    private sealed record Omission(string File, string Prefix, string Kind, string Reason);

    public void Dispose()
    {
        var omissions = Omissions();
        var used = new HashSet<Omission>();
        var faults = new List<string>();
        var text = new StringBuilder("# Reference numbers\n\n| file | numbers | read by a test | excluded | not covered |\n|---|---|---|---|---|\n");
        foreach (var values in FlatValues.All)
        {
            int read = 0, excluded = 0, open = 0;
            foreach (var id in values.Ids)
            {
                if (values.WasRead(id))
                {
                    read++;
                    continue;
                }

                var match = omissions.Where(e => e.File == values.File && id.StartsWith(e.Prefix, StringComparison.Ordinal)).MaxBy(e => e.Prefix.Length);
                if (match is null)
                {
                    faults.Add($"{values.File}: {id} is read by no test.");
                    open++;
                    continue;
                }

                used.Add(match);
                if (match.Kind == "excluded") excluded++;
                else open++;
            }

            text.AppendLine($"| {values.File} | {values.Ids.Count} | {read} | {excluded} | {open} |");
        }

        text.AppendLine().AppendLine("| left out | kind | why |").AppendLine("|---|---|---|");
        foreach (var omission in omissions)
        {
            text.AppendLine($"| {omission.File}: {omission.Prefix}… | {omission.Kind} | {omission.Reason} |");
            if (!used.Contains(omission)) faults.Add($"not-covered.csv: nothing is left out any more for {omission.File}, {omission.Prefix}.");
        }

        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "reference-coverage.md"), text.ToString());
        if (Environment.GetEnvironmentVariable("SILAB_REQUIRE") != "all" || faults.Count == 0) return;
        throw new InvalidOperationException(string.Join('\n', faults.Take(20).Append($"{faults.Count} faults in all.")));
    }

    private static IReadOnlyList<Omission> Omissions()
    {
        var table = ReferenceTable.Read("not-covered.csv");
        return [.. Enumerable.Range(0, table.Count).Select(table.Row).Select(r => new Omission(r[0], r[1], r[2], r[3]))];
    }
}
