using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Disclosure.Tests.Effects;

/// <summary>What stands beside a headline: other outcomes, subgroups, robustness, looks and warnings.</summary>
public sealed class EffectsBesideTests
{
    private static readonly OutcomeDefinition Other = new(new MeasureCode("employed"), 6, OutcomeSummary.AtHorizon);

    [Fact]
    public void Release_OfASecondary_SpeaksOfItsOwnOutcome()
    {
        var secondary = SampleResult.Headline() with { Role = EstimateRole.Secondary, Outcome = Other, AdjustedPValue = 0.0123456 };

        var releases = new EffectGate(StandardPolicy.Instance).Release(
            SampleResult.Of(SampleResult.Headline(), secondary), m => m.Code == "employed" ? SampleResult.Rate : SampleResult.Months);

        Assert.Equal(Other, releases[1].Value.Outcome);
        Assert.Equal(0.012, releases[1].Value.AdjustedPValue!.Value.Shown());
        Assert.Contains("I arbete", releases[1].Value.Sentence.Sv, StringComparison.Ordinal);
        Assert.Contains("6 quarters after", releases[1].Value.Sentence.En, StringComparison.Ordinal);
        Assert.Contains("Månader", releases[0].Value.Sentence.Sv, StringComparison.Ordinal);
        Assert.Null(releases[0].Value.OtherOutcome);
        Assert.Equal(Other, ReleaseCodec.Decode(ReleaseCodec.Encode(releases[1])).Value.Outcome);
    }

    // Subgroups of a division add up to the headline: whoever sees two of three sees the third.
    [Theory]
    [InlineData(40, 70, 40, 70, EffectStatus.Estimated)]
    [InlineData(40, 70, 29, 70, EffectStatus.Withheld)]
    [InlineData(40, 70, 40, 29, EffectStatus.Withheld)]
    public void Release_OneSubgroupTooSmall_WithholdsItsWholeDivision(int treated, int comparison, int otherTreated, int otherComparison, EffectStatus expected)
    {
        EffectEstimate[] all =
        [
            SampleResult.Headline(SampleResult.Point with { Treated = 120, Comparison = 260 }),
            Subgroup("sex@1", "woman", treated, comparison),
            Subgroup("sex@1", "man", otherTreated, otherComparison),
            Subgroup("age_years@1", "< 30", 50, 90),
            Subgroup("age_years@1", "≥ 30", 50, 90),
        ];

        var releases = new EffectGate(StandardPolicy.Instance).Release(SampleResult.Of(all), _ => SampleResult.Months);

        Assert.Equal(expected, releases[1].Value.Status);
        Assert.Equal(expected, releases[2].Value.Status);
        Assert.All(releases.Skip(3), r => Assert.Equal(EffectStatus.Estimated, r.Value.Status));
        Assert.Equal(("sex@1", "woman"), (releases[1].Value.Division, releases[1].Value.Label));
    }

    [Fact]
    public void Release_OneSubgroupNotEstimable_WithholdsTheOthersOfItsDivision()
    {
        var none = Subgroup("sex@1", "man", 40, 70) with { Estimate = null, NotEstimable = new NotEstimable(NotEstimableReason.TooFewParticipants, string.Empty) };

        var releases = new EffectGate(StandardPolicy.Instance).Release(
            SampleResult.Of(SampleResult.Headline(SampleResult.Point with { Treated = 120, Comparison = 260 }), Subgroup("sex@1", "woman", 40, 70), none),
            _ => SampleResult.Months);

        Assert.Equal(EffectStatus.Withheld, releases[1].Value.Status);
        Assert.Equal(SuppressionReason.Secondary, releases[1].Value.WithheldFor);
        Assert.Equal(EffectStatus.NotEstimable, releases[2].Value.Status);
    }

    [Fact]
    public void Release_Robustness_IsRoundedToOneDecimalAndShownWithItsEstimateOnly()
    {
        var strong = new Robustness(2.3456, 1.2345, 1.87654);
        var shown = SampleResult.Release(SampleResult.Headline() with { Robustness = strong }).Robustness!;
        var few = SampleResult.Release(SampleResult.Headline(SampleResult.Point with { Treated = 29 }) with { Robustness = strong });

        Assert.Equal((2.3, 1.2, 1.9), (shown.EValue.Shown(), shown.EValueOfInterval.Shown(), shown.RosenbaumGamma!.Value.Shown()));
        Assert.Null(few.Robustness);
        var open = SampleResult.Release(SampleResult.Headline() with { Robustness = strong }, OpenDataPolicy.Instance).Robustness!;
        Assert.Equal(2.3456, open.EValue.Shown());
    }

    [Fact]
    public void Release_DriftAndFalsification_StandWithTheHeadlineAlone()
    {
        var result = SampleResult.Of(SampleResult.Headline(), SampleResult.Headline() with { Role = EstimateRole.Sensitivity }) with
        {
            Look = new LookBudget(2, false, 0.6, 0, 0.01, 0.99),
            Drift = new Drift(1, -1, 0, IsAlarm: true),
            Falsification = new Falsification(3, 1, null),
        };

        var releases = new EffectGate(StandardPolicy.Instance).Release(result, _ => SampleResult.Months);

        Assert.True(releases[0].Value.DriftAlarm);
        Assert.True(releases[0].Value.FalsificationWarning);
        Assert.Equal(2, releases[0].Value.Look!.Number);
        Assert.Null(releases[1].Value.DriftAlarm);
        Assert.Null(releases[1].Value.FalsificationWarning);
    }

    [Fact]
    public void Release_OfTheOverlap_SaysSo()
    {
        var effect = SampleResult.Release(SampleResult.Headline(SampleResult.Point with { HoldsFor = EstimateGroup.Overlap }));

        Assert.Contains("could as well have taken part as not", effect.Sentence.En, StringComparison.Ordinal);
        Assert.Contains("lika gärna", effect.Sentence.Sv, StringComparison.Ordinal);
    }

    private static EffectEstimate Subgroup(string division, string label, int treated, int comparison) =>
        SampleResult.Headline(SampleResult.Point with { Treated = treated, Comparison = comparison }) with
        {
            Role = EstimateRole.Subgroup, Division = division, Label = label,
        };
}
