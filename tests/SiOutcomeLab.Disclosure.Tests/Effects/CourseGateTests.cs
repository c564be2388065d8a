using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Tests.Effects;

/// <summary>What is drawn of an effect, as it may be.</summary>
public sealed class CourseGateTests
{
    private static readonly EventStudyPoint Enough = new(-1, 1.23456, -0.98765, 3.45678, 62, 143, 20, 30);

    [Fact]
    public void EventStudy_EnoughPersons_IsShownRounded()
    {
        var shown = Assert.Single(CourseGate.Release([Enough], SampleResult.Point, StandardPolicy.Instance));

        Assert.Equal((-1, 1.23, -0.988, 3.46), (shown.Time, shown.Point.Shown(), shown.Low.Shown(), shown.High.Shown()));
    }

    [Theory]
    [InlineData(29, 143, 20, 30)]
    [InlineData(62, 29, 20, 30)]
    [InlineData(62, 143, 9, 30)]
    [InlineData(62, 143, 20, 9)]
    [InlineData(62, 143, 0, 30)]
    public void EventStudy_FewPersonsOrFewUnlikeTheRest_WithholdsThatPeriodAlone(int treated, int comparison, int treatedUnlike, int comparisonUnlike)
    {
        var few = new EventStudyPoint(0, 1, 0, 2, treated, comparison, treatedUnlike, comparisonUnlike);

        var shown = CourseGate.Release([Enough, few], SampleResult.Point, StandardPolicy.Instance);

        Assert.True(shown[0].Point.IsShown);
        Assert.All([shown[1].Point, shown[1].Low, shown[1].High], c => Assert.Equal(SuppressionReason.FewPersons, c.Suppression));
        Assert.Equal(1, CourseGate.Release([few], SampleResult.Point, OpenDataPolicy.Instance)[0].Point.Shown());
    }

    [Fact]
    public void Overlap_ManyPersons_IsInTwentyBinsOfSharesAsShown()
    {
        var spread = new ScoreSpread([.. Enumerable.Repeat(21, 20)], [.. Enumerable.Repeat(50, 20)]);

        var shown = CourseGate.Release(spread, StandardPolicy.Instance);

        Assert.Equal(20, shown.Count);
        Assert.Equal((0.05, 0.1), (shown[1].From, shown[1].To));
        Assert.All(shown, b => Assert.Equal(Math.Round(20 / 420.0, 2), b.Treated.Shown()));
    }

    // Fifteen bins of eleven in the middle, or all of it in tails too thin.
    [Theory]
    [InlineData(2, 0)]
    [InlineData(4, 5)]
    [InlineData(6, 10)]
    [InlineData(11, 20)]
    public void Overlap_ThinnerBins_AreFewerAndWider(int perBin, int bins)
    {
        var spread = new ScoreSpread([.. Enumerable.Repeat(perBin, 20)], [.. Enumerable.Repeat(100, 20)]);

        Assert.Equal(bins, CourseGate.Release(spread, StandardPolicy.Instance).Count);
    }

    [Fact]
    public void Overlap_OfSmallGroups_IsNone()
    {
        var spread = new ScoreSpread([29, .. Enumerable.Repeat(0, 19)], [.. Enumerable.Repeat(100, 20)]);

        Assert.Empty(CourseGate.Release(spread, StandardPolicy.Instance));
        Assert.Equal(1, CourseGate.Release(spread, OpenDataPolicy.Instance)[0].Treated.Shown());
    }

    [Fact]
    public void Overlap_AnySpread_ShowsNoBinOfFewNorLeavesFewOver()
    {
        var random = new Random(3);
        for (var round = 0; round < 5_000; round++)
        {
            var spread = new ScoreSpread([.. Some(random, 12)], [.. Some(random, 60)]);
            var shown = CourseGate.Release(spread, StandardPolicy.Instance);
            if (shown.Count == 0) continue;
            Check(spread.Treated, [.. shown.Select(b => b.Treated)]);
            Check(spread.Comparison, [.. shown.Select(b => b.Comparison)]);
        }
    }

    [Fact]
    public void Release_OfAResult_StandsWithTheHeadline()
    {
        var result = SampleResult.Of(SampleResult.Headline(), SampleResult.Headline() with { Role = EstimateRole.Sensitivity }) with
        {
            EventStudy = [Enough],
            Spread = new ScoreSpread([.. Enumerable.Repeat(21, 20)], [.. Enumerable.Repeat(50, 20)]),
        };
        var few = SampleResult.Of(SampleResult.Headline(SampleResult.Point with { Treated = 29 })) with { EventStudy = [Enough] };

        var shown = new EffectGate(StandardPolicy.Instance).Release(result, _ => SampleResult.Months);

        Assert.Single(shown[0].Value.EventStudy!);
        Assert.Equal(20, shown[0].Value.Overlap!.Count);
        Assert.Null(shown[1].Value.EventStudy);
        Assert.Null(shown[1].Value.Overlap);
        Assert.Null(Assert.Single(new EffectGate(StandardPolicy.Instance).Release(few, _ => SampleResult.Months)).Value.EventStudy);
        var again = ReleaseCodec.Decode(ReleaseCodec.Encode(shown[0])).Value;
        Assert.Equal(shown[0].Value.EventStudy, again.EventStudy);
        Assert.Equal(shown[0].Value.Overlap, again.Overlap);
    }

    private static void Check(IReadOnlyList<int> exact, Cell[] shown)
    {
        var group = exact.Sum();
        int[] merged = [.. exact.Chunk(exact.Count / shown.Length).Select(c => c.Sum())];
        var withheld = merged.Where((_, i) => !shown[i].IsShown).ToArray();
        for (var i = 0; i < merged.Length; i++)
        {
            if (shown[i].IsShown) Assert.InRange(merged[i], 10, group - 10);
        }

        Assert.True(withheld.Length == 0 || withheld.Length == merged.Length || withheld.Sum() >= 10, string.Join(' ', merged));
    }

    private static IEnumerable<int> Some(Random random, int most) =>
        Enumerable.Range(0, ScoreSpread.Bins).Select(_ => random.Next(3) == 0 ? 0 : random.Next(most));
}
