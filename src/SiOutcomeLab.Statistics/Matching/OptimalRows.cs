namespace SiOutcomeLab.Statistics.Matching;

/// <summary>What optimal pair matching and full matching have in common: what they check, and how they find the pairs.</summary>
internal static class OptimalRows
{
    /// <summary>Along the line where nothing but the measure counts, by pricing pairs otherwise.</summary>
    public static Estimable<OptimalPairs> OnMeasure(
        ReadOnlySpan<double> measure,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<long> orderKey,
        OptimalSearch search,
        ReadOnlySpan<int> strata,
        CancellationToken cancellationToken)
    {
        RowGuards.SameLength(measure.Length, treated.Length, nameof(treated));
        Guard(measure, treated.Length, orderKey, strata, search);
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<OptimalPairs>(empty.Reason, empty.Detail);

        var rules = PairRules.From(measure, treated, strata, search.Rules);
        var keys = orderKey.ToArray();
        if (rules.MeasureCaliper is not null || rules.Calipers.Length > 0 || search.OmittedShare > 0)
        {
            return Estimable.Of(Priced(Whitening.OfMeasure(measure), rules, keys, search, cancellationToken));
        }

        return Estimable.Of(new OptimalPairs(rules, OptimalLine.Solve(
            SortedArm.From(measure, orderKey, rules.EligibleTreated, rules.Strata, rules.StratumCount),
            SortedArm.From(measure, orderKey, rules.Controls, rules.Strata, rules.StratumCount), keys, search.Bounds)));
    }

    /// <summary>On a distance between covariates, by pricing pairs.</summary>
    public static Estimable<OptimalPairs> OnCovariates(
        DesignMatrix x,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<long> orderKey,
        OptimalSearch search,
        DistanceMetric metric,
        ReadOnlySpan<double> measure,
        ReadOnlySpan<int> strata,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(x);
        RowGuards.SameLength(x.Rows, treated.Length, nameof(treated));
        Guard(measure, x.Rows, orderKey, strata, search);
        if (measure.IsEmpty && (search.Rules.Caliper is not null || search.Rules.Discard != Discard.None))
        {
            throw new ArgumentException("A caliper and common support are of a measure; give one.", nameof(measure));
        }

        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<OptimalPairs>(empty.Reason, empty.Detail);

        var rules = PairRules.From(measure, treated, strata, search.Rules);
        var space = Whitening.Of(x, treated, metric, rules.Discarded);
        return space.Columns == 0
            ? Estimable.Not<OptimalPairs>(NotEstimableReason.NoVariation, "No covariate varies, so that all distances are zero.")
            : Estimable.Of(Priced(space, rules, orderKey.ToArray(), search, cancellationToken));
    }

    private static OptimalPairs Priced(
        Whitening space, PairRules rules, long[] keys, OptimalSearch search, CancellationToken cancellationToken) =>
        new(rules, OptimalSpace.Solve(
            space, rules, keys, search.Bounds, n => (int)(search.OmittedShare * n), search.MayFail, cancellationToken));

    private static void Guard(
        ReadOnlySpan<double> measure, int rows, ReadOnlySpan<long> orderKey, ReadOnlySpan<int> strata, OptimalSearch search)
    {
        RowGuards.SameLength(rows, orderKey.Length, nameof(orderKey));
        if (!strata.IsEmpty) RowGuards.SameLength(rows, strata.Length, nameof(strata));
        if (!measure.IsEmpty) RowGuards.SameLength(rows, measure.Length, nameof(measure));
        RowGuards.Finite(measure, nameof(measure));
        search.Rules.Guard();
    }
}

/// <summary>The pairs found.</summary>
/// <param name="Rules">What they keep to.</param>
/// <param name="Edges">Null when the bounds cannot be met.</param>
internal sealed record OptimalPairs(PairRules Rules, List<PairEdge>? Edges);
