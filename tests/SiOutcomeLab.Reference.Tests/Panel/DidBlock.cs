using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Reference.Tests.Panel;

/// <summary>All numbers of one block that the reference script writes per call of att_gt.</summary>
internal static class DidBlock
{
    private static readonly FlatValues R = FlatValues.Did;

    /// <summary>The rows that the unbalanced blocks leave out, counted from 0.</summary>
    public static readonly int[] Dropped = [4, 76, 129, 1010, 2499, 2500];

    public static void Check(string block, GroupTimeEffects effects, double relative, double relativeError)
    {
        Assert.Equal(R[$"{block}.n"], effects.Units);
        for (var i = 0; i < effects.Cells.Count; i++)
        {
            var cell = effects.Cells[i];
            var number = i + 1;
            Assert.Equal(R[$"{block}.att_gt.group{number}"], cell.Group);
            Assert.Equal(R[$"{block}.att_gt.t{number}"], cell.Period);
            Point($"{block}.att_gt.", $"{number}", Lalonde.Value(cell.Effect), relative, relativeError);
        }

        Assert.DoesNotContain(R.Ids, id => id.StartsWith($"{block}.att_gt.att{effects.Cells.Count + 1}", StringComparison.Ordinal));
        var test = Lalonde.Value(effects.PreTest());
        Close.To(R[$"{block}.wald_pretest"], test.Statistic, relativeError * 10, block);
        // did rounds this p-value to five places.
        Assert.Equal(R[$"{block}.wald_p"], test.PValue, 5.1e-6 + (relativeError > relative ? 0.1 * relativeError : 0));
        foreach (var kind in Enum.GetValues<Aggregation>()) Average(block, kind.ToString().ToLowerInvariant(), effects.Aggregate(kind));
        Average(block, "dynamic_bal1", effects.Aggregate(Aggregation.Dynamic, new AggregationOptions { BalanceEventTime = 1 }));
        Average(block, "dynamic_min2max2", effects.Aggregate(Aggregation.Dynamic, new AggregationOptions { FirstEventTime = -2, LastEventTime = 2 }));

        void Average(string part, string name, Statistics.Estimable<AggregatedEffects> answer)
        {
            var found = Lalonde.Value(answer);
            Close.To(R[$"{part}.{name}.overall_att"], found.Overall.Value, relative, name);
            Close.To(R[$"{part}.{name}.overall_se"], found.Overall.StandardError, relativeError, name);
            for (var i = 0; i < found.ByKey.Count; i++)
            {
                Assert.Equal(R[$"{part}.{name}.by.egt{i + 1}"], found.ByKey[i].Key);
                Point($"{part}.{name}.by.", $"{i + 1}", found.ByKey[i].Estimate, relative, relativeError);
            }

            Assert.Null(R.Find($"{part}.{name}.by.egt{found.ByKey.Count + 1}"));
        }
    }

    private static void Point(string prefix, string number, PointEstimate actual, double relative, double relativeError)
    {
        Close.To(R[$"{prefix}att{number}"], actual.Value, relative, prefix + number);
        var error = R[$"{prefix}se{number}"];
        // did has no standard error for a base period; ours is 0.
        if (double.IsNaN(error)) Assert.Equal(0, actual.StandardError);
        else Close.To(error, actual.StandardError, relativeError, $"{prefix}se{number}");
    }
}
