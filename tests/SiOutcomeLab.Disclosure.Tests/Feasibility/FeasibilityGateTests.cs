using SiOutcomeLab.Disclosure.Feasibility;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Disclosure.Tests.Feasibility;

public sealed class FeasibilityGateTests
{
    private static readonly FeasibilityGate Gate = new(StandardPolicy.Instance);

    // Of two hundred eligible, 180 with everything known, 170 followed and 150 observed.
    private static readonly FeasibilityFacts Facts = new(
        new Period(PeriodLength.Year, 2022), DataPolicy.Standard, 90, 200, 180, 170, 150, 40,
        new BaselineOutcome(1234.4, 567.4, 0.456, 5, 120, 0.05, IsYesOrNo: false));

    [Fact]
    public void Release_EnoughBehindAll_ReckonsFromWhatIsShownAndFromNothingElse()
    {
        PowerTerms? asked = null;

        var shown = Gate.Release(Facts, null, 25, terms =>
        {
            asked = terms;
            return (null, FeasibilityObstacle.ErrorSpent);
        }).Value;

        // 180 of 200 known, 150 of 170 observed: 0.9 × 0.882 is 0.794.
        Assert.Equal((150.0, 0.79, 1230.0, 567.0, 0.46), (shown.Comparison.Shown(), shown.ShareRetained.Shown(), shown.Mean.Shown(), shown.StandardDeviation.Shown(), shown.VarianceExplained.Shown()));
        Assert.Equal(new PowerTerms(40, 0.79, 150, 567, 0.46), asked);
        Assert.Equal(FeasibilityObstacle.ErrorSpent, shown.Obstacle);
    }

    [Theory]
    [InlineData(30, 20, true)]
    [InlineData(29, 5, false)]
    [InlineData(30, 21, false)]
    public void Release_ModelOfTooFewObserved_ShowsNoNumberOfIt(int observed, int parameters, bool isShown)
    {
        var facts = Facts with { Observed = observed, Outcome = Facts.Outcome! with { Parameters = parameters, WithAny = observed } };

        AssertModel(facts, isShown);
    }

    [Theory]
    [InlineData(10, 0.05, true)]
    [InlineData(9, 0.05, false)]
    [InlineData(120, 0.47, true)]
    [InlineData(120, 0.48, false)]
    public void Release_MeanOfFewOrOfOneAboveAll_IsNotShown(int withAny, double largest, bool isShown) =>
        AssertModel(Facts with { Outcome = Facts.Outcome! with { WithAny = withAny, LargestShare = largest } }, isShown);

    [Theory]
    [InlineData(140, true)]
    [InlineData(141, false)]
    public void Release_YesOrNoThatFewLack_IsNotShown(int withAny, bool isShown) =>
        AssertModel(Facts with { Outcome = Facts.Outcome! with { WithAny = withAny, IsYesOrNo = true } }, isShown);

    [Fact]
    public void Release_TooFewStartedToTell_ReckonsWithThePlansMinimum()
    {
        Assert.Equal(25, Shown(Facts with { StartedSoFar = 9 }).Participants);
        Assert.Equal(10, Shown(Facts with { StartedSoFar = 12 }).Participants);
        Assert.Equal(77, Gate.Release(Facts, 77, 25, None).Value.Participants);
        Assert.Equal((77.0, 25.0), (Gate.Release(null, 77, 25, None).Value.Participants, Gate.Release(null, null, 25, None).Value.Participants));
    }

    [Fact]
    public void Release_NothingVaries_SaysSoRatherThanReckon()
    {
        Assert.Equal(FeasibilityObstacle.NoVariation, Shown(Facts with { Outcome = null }).Obstacle);
        Assert.Equal(FeasibilityObstacle.NoVariation, Shown(Facts with { Outcome = Facts.Outcome! with { StandardDeviation = 0 } }).Obstacle);
        Assert.Equal(FeasibilityObstacle.FewPersons, Shown(Facts with { Observed = 0, Outcome = null }).Obstacle);
    }

    private static void AssertModel(FeasibilityFacts facts, bool isShown)
    {
        var asked = false;
        var shown = Gate.Release(facts, null, 25, terms =>
        {
            asked = true;
            return (null, null);
        }).Value;

        foreach (var cell in (Cell[])[shown.Mean, shown.StandardDeviation, shown.VarianceExplained]) Assert.Equal(isShown, cell.IsShown);
        Assert.Equal(isShown, asked);
        Assert.Equal(isShown ? null : FeasibilityObstacle.FewPersons, shown.Obstacle);
        Assert.True(shown.Comparison.IsShown);
    }

    private static ReleasedFeasibility Shown(FeasibilityFacts facts) => Gate.Release(facts, null, 25, None).Value;

    private static (PowerFigures? Figures, FeasibilityObstacle? Obstacle) None(PowerTerms terms) => (null, null);
}
