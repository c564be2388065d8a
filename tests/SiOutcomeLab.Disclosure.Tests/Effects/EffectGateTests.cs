using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Disclosure.Tests.Effects;

public sealed class EffectGateTests
{
    [Fact]
    public void Release_EnoughPersons_ShowsEveryNumberRounded()
    {
        var effect = SampleResult.Release(SampleResult.Headline());

        Assert.Equal(EffectStatus.Estimated, effect.Status);
        Assert.Equal(Standing.Verified, effect.Standing);
        Assert.Null(effect.WithheldFor);
        Assert.Null(effect.Remedy);
        var numbers = effect.Estimate!;
        Assert.Equal(-2.15, numbers.Point.Shown());
        Assert.Equal(0.538, numbers.StandardError.Shown());
        Assert.Equal(-3.21, numbers.Low.Shown());
        Assert.Equal(-1.1, numbers.High.Shown());
        Assert.Equal(0.001, numbers.PValue.Shown());
        Assert.Equal(4.12, numbers.TreatedMean.Shown());
        Assert.Equal(6.28, numbers.CounterfactualMean.Shown());
        Assert.Equal(60, numbers.Treated.Shown());
        Assert.Equal(145, numbers.Comparison.Shown());
        Assert.Equal(100, numbers.EffectiveComparison.Shown());
    }

    [Fact]
    public void Release_OpenData_ShowsTheExactNumbers()
    {
        var effect = SampleResult.Release(SampleResult.Headline(SampleResult.Point with { Treated = 12, TreatedEvents = 3 }), OpenDataPolicy.Instance);

        Assert.Equal(EffectStatus.Estimated, effect.Status);
        Assert.Equal(-2.1549, effect.Estimate!.Point.Shown());
        Assert.Equal(0.00006, effect.Estimate.PValue.Shown());
        Assert.Equal(12, effect.Estimate.Treated.Shown());
        Assert.Equal(0.4321, effect.Diagnostics!.LargestSmdBefore.Shown());
    }

    // The share of 62 of 65 is 0.954; of 60 of 65, the counts as they are shown, 0.923. Whoever has the first has the 62.
    [Theory]
    [InlineData(62, 65, 60.0 / 65)]
    [InlineData(62, 62, 1.0)]
    [InlineData(33, 34, 1.0)]
    [InlineData(48, 97, 50.0 / 95)]
    public void Release_ShareRetained_FollowsFromCountsAsShown(int treated, int eligible, double expected)
    {
        var effect = SampleResult.Release(SampleResult.Headline(SampleResult.Point with { Treated = treated, ShareRetained = treated / (double)eligible }));

        Assert.Equal(Math.Round(expected, 2), effect.Estimate!.ShareRetained.Shown());
    }

    [Fact]
    public void Release_EveryPairOfCounts_GivesOneSharePerPairOfShownCounts()
    {
        var shares = new Dictionary<(double Used, double All), double>();
        for (var eligible = 30; eligible < 120; eligible++)
        {
            for (var treated = 30; treated <= eligible; treated++)
            {
                var effect = SampleResult.Release(
                    SampleResult.Headline(SampleResult.Point with { Treated = treated, ShareRetained = treated / (double)eligible }));
                var share = effect.Estimate!.ShareRetained.Shown();
                Assert.InRange(share, 0, 1);
                var key = (StandardPolicy.Instance.Count(treated).Shown(), StandardPolicy.Instance.Count(eligible).Shown());
                Assert.Equal(shares.GetValueOrDefault(key, share), share);
                shares[key] = share;
            }
        }
    }

    [Theory]
    [InlineData(29, 143, 97.6, 190, SuppressionReason.FewPersons)]
    [InlineData(62, 29, 27.0, 190, SuppressionReason.FewPersons)]
    [InlineData(62, 143, 9.4, 190, SuppressionReason.FewPersons)]
    [InlineData(62, 143, 97.6, 9, SuppressionReason.FewDegreesOfFreedom)]
    public void Release_ModelOnTooFew_IsWithheldWhole(int treated, int comparison, double effective, int degrees, SuppressionReason expected)
    {
        var point = SampleResult.Point with { Treated = treated, Comparison = comparison, EffectiveComparison = effective, ResidualDegreesOfFreedom = degrees };

        var effect = SampleResult.Release(SampleResult.Headline(point));

        Assert.Equal(EffectStatus.Withheld, effect.Status);
        Assert.Equal(expected, effect.WithheldFor);
        Assert.Null(effect.Estimate);
        Assert.Null(effect.NotEstimable);
        Assert.Equal(Standing.Indicative, effect.Standing);
        Assert.StartsWith("Visas inte.", effect.Sentence.Sv, StringComparison.Ordinal);
        Assert.NotNull(effect.Remedy);
        Assert.DoesNotContain(effect.Sentence.Sv + effect.Sentence.En, char.IsAsciiDigit);
    }

    [Theory]
    [InlineData(0, 0, EffectStatus.Estimated)]
    [InlineData(10, 0, EffectStatus.Estimated)]
    [InlineData(0, 10, EffectStatus.Estimated)]
    [InlineData(1, 0, EffectStatus.Withheld)]
    [InlineData(9, 40, EffectStatus.Withheld)]
    [InlineData(0, 9, EffectStatus.Withheld)]
    public void Release_SensitivityOnNearlyTheHeadlinesPersons_IsWithheld(int fewerTreated, int fewerComparison, EffectStatus expected)
    {
        var headline = SampleResult.Headline();
        var beside = headline with
        {
            Role = EstimateRole.Sensitivity,
            Estimate = SampleResult.Point with { Treated = SampleResult.Point.Treated - fewerTreated, Comparison = SampleResult.Point.Comparison - fewerComparison },
        };

        var releases = new EffectGate(StandardPolicy.Instance).Release(SampleResult.Of(headline, beside), _ => SampleResult.Months);

        Assert.Equal(EffectStatus.Estimated, releases[0].Value.Status);
        Assert.Equal(expected, releases[1].Value.Status);
        if (expected == EffectStatus.Estimated) return;
        Assert.Equal(SuppressionReason.Secondary, releases[1].Value.WithheldFor);
        Assert.Contains("röja enstaka personer", releases[1].Value.Sentence.Sv, StringComparison.Ordinal);
        Assert.Contains("give single persons away", releases[1].Value.Sentence.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 10, EffectStatus.Estimated)]
    [InlineData(52, 133, EffectStatus.Estimated)]
    [InlineData(9, 70, EffectStatus.Withheld)]
    [InlineData(53, 70, EffectStatus.Withheld)]
    [InlineData(31, 9, EffectStatus.Withheld)]
    [InlineData(31, 134, EffectStatus.Withheld)]
    [InlineData(0, 70, EffectStatus.Withheld)]
    public void Release_YesOrNoOutcome_NeedsTenOnEitherSideInEitherGroup(int treatedEvents, int comparisonEvents, EffectStatus expected)
    {
        var point = SampleResult.Point with { TreatedEvents = treatedEvents, ComparisonEvents = comparisonEvents };

        var effect = SampleResult.Release(SampleResult.Headline(point), words: SampleResult.Rate);

        Assert.Equal(expected, effect.Status);
        Assert.Equal(expected == EffectStatus.Withheld ? SuppressionReason.FewPersons : null, effect.WithheldFor);
    }

    [Fact]
    public void Release_NotEstimable_KeepsItsReasonAndIsIndicative()
    {
        var why = new NotEstimable(NotEstimableReason.BalanceGateFailed, "sex=woman@1");
        var refused = SampleResult.Headline() with { Estimate = null, NotEstimable = why };

        var effect = SampleResult.Release(refused);

        Assert.Equal(EffectStatus.NotEstimable, effect.Status);
        Assert.Equal(why, effect.NotEstimable);
        Assert.Null(effect.Estimate);
        Assert.Null(effect.WithheldFor);
        Assert.Equal(Standing.Indicative, effect.Standing);
        Assert.NotNull(effect.Diagnostics);
    }

    [Fact]
    public void Release_SeveralEstimates_AreNamedInOrderUnderTheRules()
    {
        var headline = SampleResult.Headline();
        var result = SampleResult.Of(headline, headline with { Role = EstimateRole.Sensitivity, Standing = Standing.Indicative });

        var released = new EffectGate(StandardPolicy.Instance).Release(result, _ => SampleResult.Months);

        Assert.Equal(["effects/jobb-v1-01234567-1", "effects/jobb-v1-01234567-2"], released.Select(r => r.Value.Name));
        Assert.All(released, r => Assert.Equal("standard-1", r.RuleVersion));
        Assert.All(released, r => Assert.Equal(Audience.Analyst, r.Audience));
        Assert.All(released, r => Assert.Equal(DataPolicy.Standard, r.Value.Policy));
    }
}
