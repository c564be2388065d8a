using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Statistics.Tests.Matching;

/// <summary>The matching rule as written, looking at every control for every treated row: O(n²), no data structure.</summary>
internal static class BruteForceMatcher
{
    public static List<(int Treated, int Pass, int Control)> Match(
        double[] measure, bool[] treated, long[] key, NearestNeighbourOptions options, double width, int[] strata)
    {
        var n = measure.Length;
        var position = new int[n];
        var sorted = Enumerable.Range(0, n).OrderBy(i => measure[i]).ThenBy(i => key[i]).ToArray();
        for (var p = 0; p < n; p++) position[sorted[p]] = p;
        var capacity = options.Replacement ? options.MaximumReuse ?? n : 1;
        var uses = new int[n];
        List<(int Treated, int Pass, int Control)> pairs = [];
        for (var pass = 0; pass < options.Ratio; pass++)
        {
            var waiting = Order(measure, treated, key, options.Order).ToList();
            if (options.Order == MatchingOrder.FarthestFirst)
            {
                waiting =
                [
                    .. waiting.OrderByDescending(i => Best(i) is { } c ? Math.Abs(measure[i] - measure[c]) : -1).ThenBy(i => key[i])
                ];
            }

            while (waiting.Count > 0)
            {
                var row = options.Order == MatchingOrder.ClosestFirst
                    ? waiting.OrderBy(i => Best(i) is { } c ? Math.Abs(measure[i] - measure[c]) : double.MaxValue)
                        .ThenBy(i => key[i]).First()
                    : waiting[0];
                waiting.Remove(row);
                if (Best(row) is not { } control) continue;
                pairs.Add((row, pass, control));
                uses[control]++;
            }
        }

        return [.. pairs.Order()];

        int? Best(int row) => Enumerable.Range(0, n)
            .Where(c => !treated[c] && uses[c] < capacity && strata[c] == strata[row] && Math.Abs(measure[c] - measure[row]) <= width)
            .Where(c => options.CovariateCalipers.All(x => Math.Abs(x.Values.Span[c] - x.Values.Span[row]) <= x.Width.Width))
            .Where(c => !pairs.Any(pair => pair.Treated == row && pair.Control == c))
            .OrderBy(c => Math.Abs(measure[c] - measure[row]))
            .ThenBy(c => position[c] < position[row] ? 0 : 1)
            .ThenBy(c => Math.Abs(position[c] - position[row]))
            .Select(c => (int?)c)
            .FirstOrDefault();
    }

    private static IEnumerable<int> Order(double[] measure, bool[] treated, long[] key, MatchingOrder order)
    {
        var rows = Enumerable.Range(0, measure.Length).Where(i => treated[i]);
        return order switch
        {
            MatchingOrder.LargestFirst => rows.OrderByDescending(i => measure[i]).ThenBy(i => key[i]),
            MatchingOrder.SmallestFirst => rows.OrderBy(i => measure[i]).ThenBy(i => key[i]),
            _ => rows.OrderBy(i => key[i])
        };
    }
}
