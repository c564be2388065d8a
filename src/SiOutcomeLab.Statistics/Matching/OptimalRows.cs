namespace SiOutcomeLab.Statistics.Matching;

/// <summary>What optimal pair matching and full matching have in common.</summary>
internal static class OptimalRows
{
    public static void Guard(ReadOnlySpan<double> measure, int rows, ReadOnlySpan<long> orderKey, ReadOnlySpan<int> strata)
    {
        RowGuards.SameLength(rows, orderKey.Length, nameof(orderKey));
        if (!strata.IsEmpty) RowGuards.SameLength(rows, strata.Length, nameof(strata));
        if (!measure.IsEmpty) RowGuards.SameLength(rows, measure.Length, nameof(measure));
        RowGuards.Finite(measure, nameof(measure));
    }

    public static void RequireMeasure(ReadOnlySpan<double> measure, NearestNeighbourOptions options)
    {
        if (measure.IsEmpty && (options.Caliper is not null || options.Discard != Discard.None))
        {
            throw new ArgumentException("A caliper and common support are of a measure; give one.", nameof(measure));
        }
    }

    /// <summary>Along the line where nothing but the measure counts, by pricing pairs otherwise.</summary>
    public static List<PairEdge>? OnMeasure(
        PairRules rules,
        ReadOnlySpan<double> measure,
        ReadOnlySpan<long> orderKey,
        Func<int, int, PartnerBounds> bounds,
        double omittedShare,
        bool mayFail,
        CancellationToken cancellationToken)
    {
        var keys = orderKey.ToArray();
        if (rules.MeasureCaliper is null && rules.Calipers.Length == 0 && omittedShare == 0)
        {
            return OptimalLine.Solve(
                SortedArm.From(measure, orderKey, rules.EligibleTreated, rules.Strata, rules.StratumCount),
                SortedArm.From(measure, orderKey, rules.Controls, rules.Strata, rules.StratumCount), keys, bounds);
        }

        return OptimalSpace.Solve(
            Whitening.OfMeasure(measure), rules, keys, bounds, n => (int)(omittedShare * n), mayFail, cancellationToken);
    }
}
