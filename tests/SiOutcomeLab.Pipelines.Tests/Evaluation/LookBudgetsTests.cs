using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Evaluation;

public sealed class LookBudgetsTests
{
    private static readonly EvaluationPlan Single = SamplePlans.Years;

    private static readonly EvaluationPlan Three = Single with
    {
        InterimLooks =
        [
            new InterimLook(Single.LookDueOn.AddDays(-200), Single.FirstIndex.Plus(-2), 1.0 / 3),
            new InterimLook(Single.LookDueOn.AddDays(-100), Single.FirstIndex.Plus(-1), 2.0 / 3),
        ],
    };

    [Fact]
    public void For_ASingleLook_IsThePlansOwnLevel()
    {
        var look = LookBudgets.For(Single, 1, 0);

        Assert.Equal(Single.ConfidenceLevel, look.NominalLevel);
        Assert.Equal(0.05, look.Spent, 15);
        Assert.True(look.IsFinal);
        Assert.Equal(0.0123, LookBudgets.RepeatedPValue(Single, look, 0.0123));
    }

    // Lan and DeMets' O'Brien–Fleming form at a third, two thirds and all of the information: 3.7103, 2.5114, 1.9930 (two-sided 0.05),
    // as SAS and rpact print them; nominal levels 2(1 − Φ(b)).
    [Theory]
    [InlineData(1, 0.000207)]
    [InlineData(2, 0.012025)]
    [InlineData(3, 0.046261)]
    public void For_ThreeLooks_AreLanAndDeMets(int number, double nominal)
    {
        Assert.Equal(nominal, 1 - LookBudgets.For(Three, number, 0).NominalLevel, 5);
        Assert.Equal(number == 3, LookBudgets.For(Three, number, 0).IsFinal);
    }

    [Fact]
    public void For_AllLooks_SpendThePlansErrorTogether()
    {
        foreach (var plan in new[] { Three, Three with { Spending = AlphaSpendingKind.Pocock }, Three with { ConfidenceLevel = 0.9 } })
        {
            Assert.Equal(1 - plan.ConfidenceLevel, Enumerable.Range(1, 3).Sum(k => LookBudgets.For(plan, k, 0).Spent), 10);
            Assert.Equal(1 - plan.ConfidenceLevel - 0.01, Enumerable.Range(1, 3).Sum(k => LookBudgets.For(plan, k, 0.01).Spent), 10);
        }
    }

    [Fact]
    public void For_Pocock_SpendsMoreEarly() =>
        Assert.True(LookBudgets.For(Three with { Spending = AlphaSpendingKind.Pocock }, 1, 0).Spent > 50 * LookBudgets.For(Three, 1, 0).Spent);

    [Fact]
    public void For_AVersionAfterAnother_HasOnlyWhatWasLeft()
    {
        var look = LookBudgets.For(Single, 1, 0.03);

        Assert.Equal(0.98, look.NominalLevel, 12);
        Assert.Equal(0.02, look.Spent, 12);
        Assert.Equal(0.03, look.SpentBefore);
        Assert.True(LookBudgets.For(Three, 3, 0.03).NominalLevel > LookBudgets.For(Three, 3, 0).NominalLevel);
    }

    [Fact]
    public void For_ABudgetSpentToTheEnd_CanCallNothing()
    {
        var look = LookBudgets.For(Single, 1, 0.05);

        Assert.Equal(0, look.Spent);
        Assert.True(look.NominalLevel > 1 - 1e-14);
        Assert.True(look.NominalLevel < 1);
    }

    [Fact]
    public void For_NoSuchLook_IsMisuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LookBudgets.For(Three, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LookBudgets.For(Three, 4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LookBudgets.For(Three, 1, -0.01));
    }

    // The repeated p-value reaches the plan's error exactly where the look's own p-value reaches its nominal level.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void RepeatedPValue_AtTheNominalLevel_IsThePlansError(int number)
    {
        var look = LookBudgets.For(Three, number, 0);

        Assert.Equal(0.05, LookBudgets.RepeatedPValue(Three, look, 1 - look.NominalLevel), 6);
        Assert.True(LookBudgets.RepeatedPValue(Three, look, 0.2) > 0.2);
        Assert.True(LookBudgets.RepeatedPValue(Three, look, 1e-9) < 0.001);
        Assert.Equal(1, LookBudgets.RepeatedPValue(Three, look, 1), 6);
    }
}
