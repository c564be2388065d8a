namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Optimal matching on one number without calipers: who is joined with whom, stratum by stratum.</summary>
internal static class OptimalLine
{
    /// <summary>The joined pairs, or null when a stratum's bounds cannot be met.</summary>
    public static List<PairEdge>? Solve(SortedArm treated, SortedArm controls, long[] keys, Func<int, int, PartnerBounds> bounds)
    {
        var edges = new List<PairEdge>();
        var insertion = controls.InsertionPoints(treated, keys);
        for (var s = 0; s + 1 < treated.Starts.Length; s++)
        {
            var (n1, n0) = (treated.Starts[s + 1] - treated.Starts[s], controls.Starts[s + 1] - controls.Starts[s]);
            if (n1 == 0 || n0 == 0) continue;
            if (!Solve(treated, controls, insertion, s, bounds(n1, n0), edges)) return null;
        }

        return edges;
    }

    private static bool Solve(
        SortedArm treated, SortedArm controls, int[] insertion, int stratum, PartnerBounds bounds, List<PairEdge> edges)
    {
        var (t, c) = (treated.Starts[stratum], controls.Starts[stratum]);
        var (lastTreated, lastControl) = (treated.Starts[stratum + 1], controls.Starts[stratum + 1]);
        var n = lastTreated - t + lastControl - c;
        var rows = new int[n];
        var measures = new double[n];
        var arm = new bool[n];
        var (least, most) = (new int[n], new int[n]);
        for (var p = 0; p < n; p++)
        {
            arm[p] = t < lastTreated && (c == lastControl || insertion[t] <= c);
            (rows[p], measures[p]) = arm[p] ? (treated.Rows[t], treated.Measures[t]) : (controls.Rows[c], controls.Measures[c]);
            (least[p], most[p]) = arm[p]
                ? (bounds.LeastControls, bounds.MostControls)
                : (bounds.LeastTreated, bounds.MostTreated);
            if (arm[p]) t++;
            else c++;
        }

        if (LineFlow.Solve(measures, arm, least, most) is not { } partners) return false;

        // First come, first served along the line joins neither too few nor any pair that crosses at a loss.
        var waiting = new Queue<int>();
        for (var p = 0; p < n; p++)
        {
            while (partners[p] > 0 && waiting.TryPeek(out var q) && arm[q] != arm[p])
            {
                var (one, other) = arm[p] ? (p, q) : (q, p);
                edges.Add(new PairEdge(rows[one], rows[other], Math.Abs(measures[p] - measures[q])));
                partners[p]--;
                if (--partners[q] == 0) waiting.Dequeue();
            }

            if (partners[p] > 0) waiting.Enqueue(p);
        }

        return true;
    }
}
