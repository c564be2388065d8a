using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Effects;

/// <summary>What is drawn of an effect: the groups period by period, and how their scores are spread.</summary>
internal static class CourseGate
{
    private const double Little = 0.2;
    private const double Half = 0.5;

    /// <summary>Each period by itself, as a model's numbers; who has another value than most must be enough in either group.</summary>
    public static IReadOnlyList<ReleasedEventPoint> Release(IReadOnlyList<EventStudyPoint> points, PointEstimate headline, DisclosurePolicy policy)
    {
        return [.. points.Select(p =>
        {
            var refusal = policy.Refuses(new ModelBasis(p.Treated, p.Comparison, Math.Min(headline.EffectiveComparison, p.Comparison), p.Treated + p.Comparison - 2))
                ?? policy.RefusesCategories(p.TreatedUnlike, int.MaxValue)
                ?? policy.RefusesCategories(p.ComparisonUnlike, int.MaxValue);
            return new ReleasedEventPoint(p.Time, Number(p.Point, refusal), Number(p.Low, refusal), Number(p.High, refusal));
        })];

        Cell Number(double value, SuppressionReason? refusal) => refusal is { } reason ? Cell.Suppressed(reason) : policy.Number(NumberKind.Measure, value);
    }

    /// <summary>The finest of 20, 10 and 5 bins of which little is withheld; empty when most of a group would be.</summary>
    public static IReadOnlyList<ReleasedScoreBin> Release(ScoreSpread spread, DisclosurePolicy policy)
    {
        var (treated, comparison) = (spread.Treated.Sum(), spread.Comparison.Sum());
        if (policy.Refuses(new ModelBasis(treated, comparison, comparison, int.MaxValue)) is not null) return [];
        foreach (var (bins, most) in ((int, double)[])[(20, Little), (10, Little), (5, Half)])
        {
            var (ours, theirs) = (Merged(spread.Treated, bins), Merged(spread.Comparison, bins));
            if (Withheld(ours, treated, policy) <= most && Withheld(theirs, comparison, policy) <= most) return Bins(ours, theirs, policy);
        }

        return [];
    }

    private static double Withheld(int[] persons, int group, DisclosurePolicy policy)
    {
        var refusals = Withholding.Of(persons, group, policy);
        return persons.Where((_, i) => refusals[i] is not null).Sum() / (double)group;
    }

    private static ReleasedScoreBin[] Bins(int[] ours, int[] theirs, DisclosurePolicy policy)
    {
        var (treated, comparison) = (Shares(ours, policy), Shares(theirs, policy));
        return [.. ours.Select((_, i) => new ReleasedScoreBin(i / (double)ours.Length, (i + 1) / (double)ours.Length, treated[i], comparison[i]))];
    }

    private static Cell[] Shares(int[] persons, DisclosurePolicy policy)
    {
        var group = persons.Sum();
        var refusals = Withholding.Of(persons, group, policy);
        return [.. persons.Select((n, i) => refusals[i] is { } reason ? Cell.Suppressed(reason) : policy.ShareOf(n / (double)group, group))];
    }

    private static int[] Merged(IReadOnlyList<int> persons, int bins) =>
        [.. persons.Chunk(persons.Count / bins).Select(c => c.Sum())];
}
