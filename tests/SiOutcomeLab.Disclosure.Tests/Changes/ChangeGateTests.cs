using SiOutcomeLab.Disclosure.Changes;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Tests.Changes;

/// <summary>What may be told of why an estimate changed.</summary>
public sealed class ChangeGateTests
{
    [Theory]
    [InlineData(0, ChangeTold.Number)]
    [InlineData(1, ChangeTold.InWords)]
    [InlineData(9, ChangeTold.InWords)]
    [InlineData(10, ChangeTold.Number)]
    public void Release_APart_IsANumberFromTenPersonsOn(int persons, ChangeTold expected)
    {
        var change = Release(new ChangeStep(ChangeSource.OwnParticipants, At(-1.5), persons));

        Assert.Equal(expected, change.Parts[0].Told);
        Assert.Equal(expected == ChangeTold.Number, change.Parts[0].Change is not null);
    }

    [Fact]
    public void Release_ANumber_IsTheDifferenceOfWhatIsShown()
    {
        // −2.1549 is shown as −2.15 and −1.5051 as −1.51.
        var change = Release(new ChangeStep(ChangeSource.OwnParticipants, At(-1.5051), 40));

        Assert.Equal(0.64, change.Parts[0].Change!.Value, 1e-12);
        Assert.Equal((ChangeSource.Prices, ChangeTold.NoPart), (change.Parts[^1].Source, change.Parts[^1].Told));
    }

    // The whole change is known to all: what one part hides the others must not give back.
    [Fact]
    public void Release_OneHiddenPartBesideANumber_HidesTheNearestToo()
    {
        var change = Release(
            new ChangeStep(ChangeSource.Code, At(-2.0), 0),
            new ChangeStep(ChangeSource.OwnParticipants, At(-1.9), 3),
            new ChangeStep(ChangeSource.OwnComparison, At(-1.9), 0),
            new ChangeStep(ChangeSource.OthersData, At(-1.2), 500));

        Assert.Equal(
            [ChangeTold.InWords, ChangeTold.InWords, ChangeTold.Unchanged, ChangeTold.Number, ChangeTold.NoPart], change.Parts.Select(p => p.Told));
    }

    [Fact]
    public void Release_OneHiddenPartAlone_LeavesTheOthersAsTheyWere()
    {
        var change = Release(new ChangeStep(ChangeSource.Code, At(-2.1549), 0), new ChangeStep(ChangeSource.OwnParticipants, At(-1.9), 3));

        Assert.Equal([ChangeTold.Unchanged, ChangeTold.InWords, ChangeTold.NoPart], change.Parts.Select(p => p.Told));
    }

    [Fact]
    public void Release_AnEstimateThatMayNotBeShown_IsNoNumber()
    {
        var few = SampleResult.Of(Headline(SampleResult.Point with { Point = -1, Treated = 29 }));

        var change = Release(new ChangeStep(ChangeSource.OwnParticipants, few, 33));

        Assert.Equal(ChangeTold.InWords, change.Parts[0].Told);
        Assert.False(change.To.IsShown);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(0, 4)]
    [InlineData(0, -9)]
    public void Release_AFewMoreOrFewerPersons_IsNoNumberHoweverManyDiffer(int participants, int comparison)
    {
        var point = SampleResult.Point;
        var more = SampleResult.Of(Headline(point with { Point = -1, Treated = point.Treated + participants, Comparison = point.Comparison + comparison }));

        Assert.Equal(ChangeTold.InWords, Release(new ChangeStep(ChangeSource.Plan, more, 0)).Parts[0].Told);
    }

    private static ReleasedChange Release(params ChangeStep[] steps) =>
        new ChangeGate(StandardPolicy.Instance).Release(SampleResult.Of(Headline(SampleResult.Point)), steps, _ => SampleResult.Months).Value;

    private static EvaluationResult At(double point) => SampleResult.Of(Headline(SampleResult.Point with { Point = point }));

    private static EffectEstimate Headline(PointEstimate point) => new(
        EstimateRole.Headline, SampleResult.Plan.Estimator, SampleResult.Plan.Primary, point, null, SampleResult.Diagnostics, Standing.Indicative);
}
