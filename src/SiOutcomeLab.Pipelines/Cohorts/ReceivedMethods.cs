namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>A method that some persons received in the follow-up, beside what the plan evaluates.</summary>
/// <param name="Method">The method; for comparison persons also the plan's own, when they start later.</param>
/// <param name="Rows">The rows whose persons started it, ascending: with the rows' weights they tell what the comparison is against.</param>
/// <param name="Treated">How many of the rows are participants.</param>
/// <param name="Comparison">How many are comparison rows.</param>
internal sealed record ReceivedMethod(string Method, int[] Rows, int Treated, int Comparison);

/// <summary>What persons received from the index period to the primary horizon.</summary>
internal static class ReceivedMethods
{
    public static IReadOnlyList<ReceivedMethod> Of(TrialRows rows)
    {
        var horizon = rows.Plan.Primary.HorizonPeriods;
        var starts = rows.Starts.Received;
        var (head, next) = ByPerson(starts, rows.View.Store.People.Count);
        var byMethod = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        for (var row = 0; row < rows.Count; row++)
        {
            for (var at = head[rows.Person[row]]; at >= 0; at = next[at])
            {
                var start = starts[at];
                var since = start.Period - rows.Trials[rows.Index[row]].Ordinal;
                if (since < 0 || since > horizon || (start.IsOwn && rows.Treated[row])) continue;
                if (!byMethod.TryGetValue(start.Method, out var list)) byMethod.Add(start.Method, list = []);
                if (list.Count == 0 || list[^1] != row) list.Add(row);
            }
        }

        return [.. byMethod.Select(m => Told(m.Key, m.Value, rows.Treated))];
    }

    private static ReceivedMethod Told(string method, List<int> rows, bool[] treated)
    {
        var participants = rows.Count(r => treated[r]);
        return new ReceivedMethod(method, [.. rows], participants, rows.Count - participants);
    }

    private static (int[] Head, int[] Next) ByPerson(IReadOnlyList<ReceivedStart> starts, int persons)
    {
        var (head, next) = (new int[persons], new int[starts.Count]);
        Array.Fill(head, -1);
        for (var i = 0; i < starts.Count; i++)
        {
            next[i] = head[starts[i].Person];
            head[starts[i].Person] = i;
        }

        return (head, next);
    }
}
