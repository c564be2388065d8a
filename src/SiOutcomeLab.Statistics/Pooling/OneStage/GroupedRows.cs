namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>Rows sorted by group, with the groups in ascending order of their codes and rows in their own order within.</summary>
internal sealed class GroupedRows
{
    public GroupedRows(ReadOnlySpan<int> groups)
    {
        var codes = groups.ToArray();
        Rows = [.. Enumerable.Range(0, codes.Length).OrderBy(i => codes[i])];
        var (starts, names) = (new List<int>(), new List<int>());
        for (var i = 0; i < Rows.Length; i++)
        {
            if (i > 0 && codes[Rows[i]] == codes[Rows[i - 1]]) continue;
            starts.Add(i);
            names.Add(codes[Rows[i]]);
        }

        starts.Add(Rows.Length);
        (Starts, Codes) = ([.. starts], [.. names]);
    }

    /// <summary>Row numbers, group after group.</summary>
    public int[] Rows { get; }

    /// <summary>Where each group starts in <see cref="Rows"/>, and the end.</summary>
    public int[] Starts { get; }

    /// <summary>Code of each group.</summary>
    public int[] Codes { get; }

    public int Count => Codes.Length;
}
