using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Tests.Effects;

public sealed class AttritionGateTests
{
    private static readonly AttritionBounds Bounds = new(-3.4567, -1.0123, -4.5678, -0.1234, 0.95, 0.9, 0.7, TrimsTreated: true, Trimmed: 14);

    [Fact]
    public void Release_EnoughLost_ShowsCountsSharesReasonsAndBounds()
    {
        var shown = Release(new Attrition(
            Arm(80, (OutcomeLoss.Moved, 18)), Arm(210, (OutcomeLoss.Moved, 40), (OutcomeLoss.Died, 27)), Bounds));

        Assert.Equal((80.0, 20.0, 0.25), (shown.Treated.Persons.Shown(), shown.Treated.Lost.Shown(), shown.Treated.Share.Shown()));
        Assert.Equal([(OutcomeLoss.Moved, 40.0), (OutcomeLoss.Died, 25.0)], shown.Comparison.Losses.Select(l => (l.Reason!.Value, l.Persons.Shown())));
        var bounds = shown.Bounds!;
        Assert.Equal((-3.46, -1.01, -4.57, -0.123), (bounds.Low.Shown(), bounds.High.Shown(), bounds.IntervalLow.Shown(), bounds.IntervalHigh.Shown()));
    }

    [Theory]
    [InlineData(62, 0, true)]
    [InlineData(63, 1, false)]
    [InlineData(71, 9, false)]
    [InlineData(72, 10, true)]
    public void Release_FewLost_AreWithheldAndNobodyIsToldAsNobody(int persons, int lost, bool isShown)
    {
        var shown = Release(new Attrition(Arm(persons, (OutcomeLoss.Moved, lost)), Arm(143), null)).Treated;

        Assert.Equal(isShown, shown.Lost.IsShown);
        Assert.Equal(isShown, shown.Share.IsShown);
        if (lost == 0) Assert.Equal((0.0, 0.0), (shown.Lost.Shown(), shown.Share.Shown()));
        if (!isShown) Assert.Empty(shown.Losses);
    }

    // The flow has left out a step that lies too near to this.
    [Fact]
    public void Release_BesideAFlowThatMerged_IsWithheld()
    {
        var shown = AttritionGate.Release(
            new Attrition(Arm(87, (OutcomeLoss.Moved, 25)), Arm(143), null), SampleResult.Point, [new FlowStep(FlowStepKind.Observed, 90, 200)], StandardPolicy.Instance);

        Assert.Equal(SuppressionReason.Secondary, shown.Treated.Persons.Suppression);
        Assert.Equal(SuppressionReason.Secondary, shown.Treated.Share.Suppression);
        Assert.True(shown.Comparison.Persons.IsShown);
    }

    [Fact]
    public void Release_ReasonsOfFew_AreToldTogether()
    {
        var arm = Arm(200, (OutcomeLoss.Moved, 12), (OutcomeLoss.Died, 5), (OutcomeLoss.AgedOut, 3), (OutcomeLoss.NotReported, 2));

        var shown = AttritionGate.Release(new Attrition(Arm(62), arm, null), null, [], StandardPolicy.Instance).Comparison.Losses;

        Assert.Equal([(OutcomeLoss.Moved, 10.0), ((OutcomeLoss?)null, 10.0)], shown.Select(l => (l.Reason, l.Persons.Shown())));
    }

    [Fact]
    public void Release_TheRestIsFew_TakesTheRarestNamedReasonWithIt()
    {
        var arm = Arm(200, (OutcomeLoss.Moved, 40), (OutcomeLoss.Died, 12), (OutcomeLoss.AgedOut, 1));

        var shown = AttritionGate.Release(new Attrition(Arm(62), arm, null), null, [], StandardPolicy.Instance).Comparison.Losses;

        Assert.Equal([(OutcomeLoss.Moved, 40.0), ((OutcomeLoss?)null, 15.0)], shown.Select(l => (l.Reason, l.Persons.Shown())));
    }

    [Theory]
    [InlineData(0, null, true)]
    [InlineData(1, null, false)]
    [InlineData(9, null, false)]
    [InlineData(10, null, true)]
    [InlineData(10, 20, true)]
    [InlineData(10, 19, false)]
    [InlineData(10, 42, true)]
    [InlineData(10, 43, false)]
    public void Release_Bounds_NeedEnoughTrimmedAndEnoughOfBothLeft(int trimmed, int? events, bool isShown)
    {
        var headline = SampleResult.Point with { TreatedEvents = events, ComparisonEvents = events is null ? null : 70 };

        var bounds = AttritionGate.Release(new Attrition(Arm(90), Arm(200), Bounds with { Trimmed = trimmed }), headline, [], StandardPolicy.Instance).Bounds!;

        Assert.All([bounds.Low, bounds.High, bounds.IntervalLow, bounds.IntervalHigh], c => Assert.Equal(isShown, c.IsShown));
    }

    [Fact]
    public void Release_OfAResult_StandsWithTheHeadlineAndHasBoundsOnlyWithItsNumbers()
    {
        var attrition = new Attrition(Arm(62), Arm(143), Bounds);
        var few = SampleResult.Of(SampleResult.Headline(SampleResult.Point with { Treated = 29 })) with { Attrition = attrition };
        var two = SampleResult.Of(SampleResult.Headline(), SampleResult.Headline() with { Role = EstimateRole.Sensitivity }) with { Attrition = attrition };

        var shown = new EffectGate(StandardPolicy.Instance).Release(two, _ => SampleResult.Months);

        Assert.NotNull(shown[0].Value.Attrition!.Bounds);
        Assert.Null(shown[1].Value.Attrition);
        Assert.Null(Assert.Single(new EffectGate(StandardPolicy.Instance).Release(few, _ => SampleResult.Months)).Value.Attrition!.Bounds);
        Assert.Equal(shown[0].Value.Attrition!.Bounds, ReleaseCodec.Decode(ReleaseCodec.Encode(shown[0])).Value.Attrition!.Bounds);
    }

    [Fact]
    public void Release_OpenData_ShowsEveryNumberExactly()
    {
        var shown = AttritionGate.Release(
            new Attrition(Arm(7, (OutcomeLoss.Died, 1)), Arm(9), Bounds with { Trimmed = 1 }), SampleResult.Point, [new FlowStep(FlowStepKind.Observed, 8, 9)], OpenDataPolicy.Instance);

        Assert.Equal((7.0, 1.0, 1 / 7.0), (shown.Treated.Persons.Shown(), shown.Treated.Lost.Shown(), shown.Treated.Share.Shown()));
        Assert.Equal(-3.4567, shown.Bounds!.Low.Shown());
    }

    [Fact]
    public void Release_AnyLosses_ShowsNoNumberOfFewAndAddsUp()
    {
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var losses = Enum.GetValues<OutcomeLoss>().Select(r => (r, random.Next(2) == 0 ? random.Next(0, 12) : random.Next(0, 60))).Where(l => l.Item2 > 0).ToArray();
            var arm = Arm(losses.Sum(l => l.Item2) + random.Next(0, 100), losses);
            var shown = AttritionGate.Release(new Attrition(arm, Arm(50), null), null, [], StandardPolicy.Instance).Treated;
            if (shown.Lost.IsShown && arm.Lost > 0) Assert.InRange(arm.Lost, 10, arm.Persons - 10);
            var named = shown.Losses.Where(l => l.Reason is not null).ToArray();
            Assert.All(named, l => Assert.True(arm.Losses.Single(x => x.Reason == l.Reason).Persons >= 10));
            var rest = arm.Lost - named.Sum(l => arm.Losses.Single(x => x.Reason == l.Reason).Persons);
            if (shown.Losses.Count > 0) Assert.Equal(rest == 0 ? 0 : 1, shown.Losses.Count(l => l.Reason is null && rest >= 10));
        }
    }

    private static ReleasedAttrition Release(Attrition attrition) => AttritionGate.Release(attrition, SampleResult.Point, [], StandardPolicy.Instance);

    private static ArmAttrition Arm(int persons, params (OutcomeLoss Reason, int Persons)[] losses) =>
        new(persons, losses.Sum(l => l.Persons), [.. losses.Where(l => l.Persons > 0).Select(l => new LossCount(l.Reason, l.Persons))]);
}
