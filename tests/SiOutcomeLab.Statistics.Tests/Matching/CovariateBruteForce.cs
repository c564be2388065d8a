using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Statistics.Tests.Matching;

/// <summary>Greedy matching on covariates as the rule is written, looking at every control for every treated row.</summary>
internal static class CovariateBruteForce
{
    public static List<(int Treated, int Pass, int Control)> Match(
        double[] coordinates, int columns, bool[] treated, long[] key, NearestNeighbourOptions options, double[] measure, double width,
        int[] strata)
    {
        var n = treated.Length;
        var capacity = options.Replacement ? options.MaximumReuse ?? n : 1;
        var uses = new int[n];
        List<(int Treated, int Pass, int Control)> pairs = [];
        for (var pass = 0; pass < options.Ratio; pass++)
        {
            var waiting = Order().ToList();
            if (options.Order == MatchingOrder.FarthestFirst)
            {
                waiting = [.. waiting.OrderByDescending(i => Best(i) is { } c ? Square(i, c) : -1).ThenBy(i => key[i])];
            }

            while (waiting.Count > 0)
            {
                var row = options.Order == MatchingOrder.ClosestFirst
                    ? waiting.OrderBy(i => Best(i) is { } c ? Square(i, c) : double.MaxValue).ThenBy(i => key[i]).First()
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
            .Where(c => !pairs.Any(pair => pair.Treated == row && pair.Control == c))
            .OrderBy(c => Square(row, c)).ThenBy(c => key[c]).Select(c => (int?)c).FirstOrDefault();

        double Square(int a, int b)
        {
            var sum = 0.0;
            for (var d = 0; d < columns; d++)
            {
                var gap = coordinates[(b * columns) + d] - coordinates[(a * columns) + d];
                sum += gap * gap;
            }

            return sum;
        }

        IEnumerable<int> Order()
        {
            var rows = Enumerable.Range(0, n).Where(i => treated[i]);
            return options.Order switch
            {
                MatchingOrder.LargestFirst => rows.OrderByDescending(i => measure[i]).ThenBy(i => key[i]),
                MatchingOrder.SmallestFirst => rows.OrderBy(i => measure[i]).ThenBy(i => key[i]),
                _ => rows.OrderBy(i => key[i])
            };
        }
    }
}
