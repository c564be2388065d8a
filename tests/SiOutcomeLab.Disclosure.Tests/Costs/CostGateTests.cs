using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Disclosure.Tests.Costs;

public sealed class CostGateTests
{
    private static readonly CostGate Gate = new(StandardPolicy.Instance);

    [Fact]
    public void Release_EnoughBehindAll_ShowsThreeDigitsThatAddUp()
    {
        // By hand: 4.2 months at 75 045/6.6 are 47 756; 30.3 days at 4 900 × 415.01/335.92 = 6 053.66 are 183 426; together 231 182.
        var group = Release(SampleCosts.Of()).TargetGroup!;

        Assert.Equal(231_000, group.Paid.Shown());
        Assert.Equal([(Actor.Municipality, 180_000.0), (Actor.StateInstitutions, 51_000.0)], group.ByActor.Select(a => (a.Actor, a.Sek.Shown())));
        Assert.Equal(231_000, group.Real.Shown() + group.Transfers.Shown());
        Assert.Equal(231_000, group.ByProvenance.Sum(p => p.Sek.Shown()));
        Assert.Equal(300, group.Persons.Shown());
    }

    [Fact]
    public void Release_EffectsReleased_ShowsTheSavingAndSaysIt()
    {
        // 1.3 months are 14 782 and 7.9 days 47 824 kronor.
        var released = Release(SampleCosts.Of());

        Assert.Equal($"costs/jobb-v1-01234567-teaching-2024-{SampleCosts.Terms.Mark}", released.Name);
        Assert.Equal(62_600, released.Saving!.EconomicValue.Paid.Shown());
        Assert.Equal(Standing.Verified, released.Saving.Standing);
        Assert.Contains("62 600 kronor", released.Sentences[2].Sv.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("Per participant a value", released.Sentences[2].En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(29, 29, 0.02, SuppressionReason.FewPersons)]
    [InlineData(300, 9, 0.02, SuppressionReason.FewPersons)]
    [InlineData(300, 200, 0.48, SuppressionReason.Dominance)]
    public void Release_WeakMeasure_HidesEveryRowOnItAndEverySum(int persons, int withAny, double share, SuppressionReason why)
    {
        var weak = new Contributors(persons, withAny, share, 6, 0.2, 0.4);

        var group = Release(SampleCosts.Of(behindDays: weak)).TargetGroup!;

        // Days fall on both actors: 72 and 28 %, publicly, so that one row is the other's.
        Assert.All(group.ByActor, a => Assert.Equal(why, a.Sek.Suppression));
        Assert.All(group.ByActor, a => Assert.Equal(why, a.High.Suppression));
        AssertNoSum(group);
    }

    [Fact]
    public void Release_OneRowWithheld_CannotBeWorkedOutFromTheRest()
    {
        // Months fall on the municipality alone, days also on the state's institutions: few behind the months hide the municipality's row.
        var weak = SampleCosts.Enough with { PersonsWithAny = 4 };
        var released = Release(SampleCosts.Of(behindMonths: weak));

        foreach (var money in Tables(released))
        {
            // The attack: what is shown for all, less what is shown for the others.
            Assert.Equal([Actor.Municipality], money.ByActor.Where(a => !a.Sek.IsShown).Select(a => a.Actor));
            AssertNoSum(money);
        }

        Assert.All(released.Sentences, s => Assert.DoesNotMatch("[0-9]", s.Sv + s.En));
    }

    [Theory]
    [InlineData(29, 143, 62, 143)]
    [InlineData(62, 143, 62, 29)]
    public void Release_AnEffectIsWithheld_WithholdsSavingAndCounterfactual(int headlineTreated, int headlineComparison, int daysTreated, int daysComparison)
    {
        var result = SampleCosts.Result(
            SampleResult.Point with { Treated = headlineTreated, Comparison = headlineComparison },
            SampleResult.Point with { Treated = daysTreated, Comparison = daysComparison });

        var released = Release(SampleCosts.Of(), result);

        foreach (var money in Tables(released).Skip(1)) Assert.All(Cells(money), c => Assert.False(c.IsShown));
        Assert.False(released.Saving!.Participants.IsShown);
        Assert.True(released.TargetGroup!.Paid.IsShown);
    }

    [Fact]
    public void Release_SecondaryNotReleasedAtTheLook_WithholdsTheSaving()
    {
        var result = SampleCosts.Result();
        result = result with { Estimates = [result.Estimates[0]] };

        Assert.Equal(SuppressionReason.Secondary, Release(SampleCosts.Of(), result).Saving!.EconomicValue.Paid.Suppression);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Release_NearlyTheEffectsPersons_WithholdsTheSaving(int fewer, bool isShown)
    {
        var costs = SampleCosts.Of();
        costs = costs with { Saving = costs.Saving! with { Comparison = 143 - fewer } };

        Assert.Equal(isShown, Release(costs).Saving!.EconomicValue.Paid.IsShown);
    }

    [Theory]
    [InlineData(62, true)]
    [InlineData(61, false)]
    [InlineData(53, false)]
    [InlineData(52, true)]
    public void Release_NearlyTheEffectsParticipants_WithholdsTheSaving(int treated, bool isShown)
    {
        var costs = SampleCosts.Of();

        var saving = Release(costs with { Saving = costs.Saving! with { Treated = treated } }).Saving!;

        Assert.Equal(isShown, saving.EconomicValue.Paid.IsShown);
        Assert.Equal(isShown ? Standing.Verified : Standing.Indicative, saving.Standing);
    }

    // Days at another horizon, or beside the plan's own estimate, are another effect than the kronor are of.
    [Fact]
    public void Release_OnlyAnotherEffectOfTheMeasureIsReleased_WithholdsTheSaving()
    {
        var result = SampleCosts.Result();
        var days = result.Estimates[1];
        foreach (var other in new[] { days with { Outcome = days.Outcome with { HorizonPeriods = 3 } }, days with { Role = EstimateRole.Sensitivity } })
        {
            var released = Release(SampleCosts.Of(), result with { Estimates = [result.Estimates[0], other] });

            Assert.Equal(SuppressionReason.Secondary, released.Saving!.EconomicValue.Paid.Suppression);
        }
    }

    [Fact]
    public void Release_EffectsOfAnotherRun_IsMisuse()
    {
        var result = SampleCosts.Result();
        var others = new EffectGate(StandardPolicy.Instance).Release(result with { RunId = "fedcba9876543210" }, _ => SampleResult.Months);

        Assert.Throws<ArgumentException>(() => Gate.Release(SampleCosts.Of(), result, others, DataPolicy.Standard));
    }

    [Fact]
    public void Release_SavingOnTooFew_IsWithheldThoughTheEffectIsShown()
    {
        var costs = SampleCosts.Of();
        costs = costs with { Saving = costs.Saving! with { Treated = 29 } };

        Assert.Equal(SuppressionReason.FewPersons, Release(costs).Saving!.Marginal.Paid.Suppression);
    }

    [Theory]
    [InlineData(4, 0.3, 0.6, null)]
    [InlineData(3, 0.3, 0.6, SuppressionReason.FewContributors)]
    [InlineData(2, 0.5, 1.0, SuppressionReason.FewContributors)]
    [InlineData(6, 0.5, 0.91, SuppressionReason.Dominance)]
    [InlineData(6, 0.8, 0.9, null)]
    [InlineData(6, 0.8, 0.901, SuppressionReason.Dominance)]
    public void Release_Pooled_NeedsThreeMunicipalitiesBesideTheReadersOwn(int municipalities, double largest, double two, SuppressionReason? why)
    {
        var behind = SampleCosts.Enough with { Municipalities = municipalities, LargestMunicipalityShare = largest, TwoLargestMunicipalitiesShare = two };

        var group = Gate.Release(SampleCosts.Pooled(behind), DataPolicy.Standard).Value.TargetGroup!;

        Assert.All(group.ByActor, a => Assert.Equal(why, a.Sek.Suppression));
        if (why is null) Assert.Equal(231_000, group.Paid.Shown());
        else AssertNoSum(group);
    }

    [Fact]
    public void Release_ByBudgetItem_AddsUpToWhatIsPaidAndGoesWithAnyActor()
    {
        var group = Release(SampleCosts.Of()).TargetGroup!;
        Assert.Equal(["income_support", "child_placement", "sis_care"], group.ByBudgetItem.Select(i => i.Item.Code).OrderBy(c => c == "sis_care").ThenByDescending(c => c, StringComparer.Ordinal));
        Assert.Equal(group.Paid.Shown(), group.ByBudgetItem.Sum(i => i.Sek.Shown()));
        Assert.All(group.ByBudgetItem, i => Assert.True(i.Low.Shown() < i.Sek.Shown() && i.Sek.Shown() < i.High.Shown()));

        // Days alone are enough for the state's row; the municipality's is withheld for the months, and its items with it.
        var weak = Release(SampleCosts.Of(behindMonths: SampleCosts.Enough with { PersonsWithAny = 4 }));
        foreach (var money in Tables(weak)) Assert.All(money.ByBudgetItem.SelectMany(i => new[] { i.Sek, i.Low, i.High }), c => Assert.False(c.IsShown));
    }

    [Theory]
    [InlineData(10, 0.4, true)]
    [InlineData(9, 0.4, false)]
    [InlineData(1, 1.0, false)]
    [InlineData(12, 0.49, false)]
    [InlineData(0, 0.0, true)]
    public void Release_Winsorised_NeedsEnoughOfThoseCutAndNoneDominant(int cut, double largest, bool isShown)
    {
        var costs = SampleCosts.Of();
        var winsorised = costs.TargetGroup!.Winsorised with { PersonsCut = cut, LargestShareCut = largest };

        var group = Release(costs with { TargetGroup = costs.TargetGroup with { Winsorised = winsorised } }).TargetGroup!;

        Assert.Equal(isShown, group.Winsorised!.Value.IsShown);
        // By hand: 98 % of 231 182, in whole thousands.
        if (isShown) Assert.Equal(227_000, group.Winsorised.Value.Shown());
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(9, false)]
    public void Release_WinsorisedSaving_NeedsEnoughOfThoseCut(int cut, bool isShown)
    {
        var costs = SampleCosts.Of();

        var value = Release(costs with { Saving = costs.Saving! with { PersonsCut = cut } }).Saving!.EconomicValue;

        Assert.Equal(isShown, value.Winsorised!.Value.IsShown);
        Assert.True(value.Paid.IsShown);
    }

    [Fact]
    public void Release_Winsorised_GoesWithItsSumAndNeverOfAPool()
    {
        Assert.Null(Release(SampleCosts.Of()).Saving!.Marginal.Winsorised);
        Assert.False(Release(SampleCosts.Of(behindDays: SampleCosts.Enough with { Persons = 3 })).TargetGroup!.Winsorised!.Value.IsShown);
        Assert.False(Gate.Release(SampleCosts.Pooled(SampleCosts.Enough), DataPolicy.Standard).Value.TargetGroup!.Winsorised!.Value.IsShown);
    }

    [Fact]
    public void Release_NoSaving_SaysWhy()
    {
        var costs = SampleCosts.Of() with { Saving = null, Counterfactual = null, NotEstimable = new NotEstimable(NotEstimableReason.TooFewMatches, string.Empty) };

        var released = Release(costs);

        Assert.Equal(NotEstimableReason.TooFewMatches, released.NotEstimable!.Reason);
        Assert.Contains(released.Sentences, s => s.Sv.StartsWith("Ingen besparing räknas", StringComparison.Ordinal));
        Assert.Contains(Release(costs with { NotEstimable = null, HorizonYears = 0 }).Sentences, s => s.En.Contains("shorter than a year", StringComparison.Ordinal));
    }

    [Fact]
    public void Release_ResultOfAnotherLook_IsMisuse() =>
        Assert.Throws<ArgumentException>(() => Release(SampleCosts.Of() with { Look = 2 }));

    [Fact]
    public void Codec_ReadsWhatItWrote()
    {
        var bytes = CostReleaseCodec.Encode(Released(SampleCosts.Of(behindMonths: SampleCosts.Enough with { Persons = 3 }), SampleCosts.Result()));

        var back = CostReleaseCodec.Decode(bytes);

        Assert.Equal(bytes, CostReleaseCodec.Encode(back));
        Assert.Equal(("standard-1", Audience.Analyst), (back.RuleVersion, back.Audience));
        Assert.Equal(SuppressionReason.FewPersons, back.Value.TargetGroup!.ByActor[0].Sek.Suppression);
    }

    private static void AssertNoSum(ReleasedMoney money)
    {
        Cell[] sums = [money.Paid, money.Low, money.High, money.Real, money.Transfers, .. money.ByProvenance.Select(p => p.Sek)];
        Assert.All(sums, c => Assert.False(c.IsShown));
    }

    private static IEnumerable<Cell> Cells(ReleasedMoney m) =>
    [
        m.Persons, m.Paid, m.Low, m.High, m.Real, m.Transfers, .. m.ByActor.SelectMany(a => new[] { a.Sek, a.Low, a.High }),
        .. m.ByBudgetItem.SelectMany(i => new[] { i.Sek, i.Low, i.High }), .. m.ByProvenance.Select(p => p.Sek),
        .. m.Winsorised is { } cut ? new[] { cut } : [],
    ];

    private static ReleasedMoney[] Tables(ReleasedCosts released) =>
        [released.TargetGroup!, released.Counterfactual!, released.Saving!.EconomicValue, released.Saving.Marginal, released.Saving.BudgetReducibleLater];

    private static ReleasedCosts Release(PlanCosts costs, EvaluationResult? result = null) => Released(costs, result ?? SampleCosts.Result()).Value;

    private static Released<ReleasedCosts> Released(PlanCosts costs, EvaluationResult result) => Gate.Release(
        costs, result, new EffectGate(StandardPolicy.Instance).Release(result, _ => SampleResult.Months), DataPolicy.Standard);
}
