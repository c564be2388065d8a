namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// Rows that do not vary independently. Two rows are in one cluster when they share a person, or when both are participants that the
/// intervention was delivered to in one group; and whatever is linked through a third row is linked: a cluster is a connected component.
/// </summary>
internal static class TrialClusters
{
    /// <param name="rows">The trials.</param>
    /// <param name="persons">The rows' persons.</param>
    /// <returns>By row, the smallest person number in the row's cluster.</returns>
    public static int[] Of(TrialRows rows, int[] persons) => Of(i => rows.Treated[i] ? rows.Starts.OwnGroup(rows.Person[i]) : -1, persons);

    /// <summary>As the other, by each row's group: −1 when it is no participant's, or was delivered to the person alone.</summary>
    public static int[] Of(Func<int, int> groupOf, int[] persons)
    {
        var firstOfGroup = new Dictionary<int, int>();
        var parent = Array.Empty<int>();
        for (var i = 0; i < persons.Length; i++)
        {
            if (groupOf(i) is not (>= 0 and var group)) continue;
            if (parent.Length == 0) parent = [.. Enumerable.Range(0, persons.Max() + 1)];
            if (!firstOfGroup.TryAdd(group, persons[i])) Join(parent, firstOfGroup[group], persons[i]);
        }

        if (parent.Length == 0) return persons;
        var clusters = new int[persons.Length];
        for (var i = 0; i < clusters.Length; i++) clusters[i] = Root(parent, persons[i]);
        return clusters;
    }

    private static void Join(int[] parent, int a, int b)
    {
        (a, b) = (Root(parent, a), Root(parent, b));
        parent[Math.Max(a, b)] = Math.Min(a, b);
    }

    private static int Root(int[] parent, int person)
    {
        while (parent[person] != person)
        {
            parent[person] = parent[parent[person]];
            person = parent[person];
        }

        return person;
    }
}
