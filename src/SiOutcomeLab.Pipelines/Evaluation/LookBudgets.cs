using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Statistics.Looks;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>What a look may spend, from the plan's looks and what earlier plans of the same question have spent.</summary>
internal static class LookBudgets
{
    // The distribution function cannot tell a level nearer to one; an interval at it says nothing, which is what is meant.
    private const double HighestLevel = 1 - 1e-15;

    /// <summary>The budget of a look.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="number">The look, from 1 to the plan's number of looks.</param>
    /// <param name="spentBefore">What earlier plans and versions have spent of the same intervention's and primary measure's error.</param>
    public static LookBudget For(EvaluationPlan plan, int number, double spentBefore)
    {
        var looks = plan.Looks;
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, looks.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(spentBefore);
        var look = looks[number - 1];
        var budget = 1 - plan.ConfidenceLevel - spentBefore;
        // A budget spent to the end leaves looks that can call nothing; their intervals are as wide as can be told.
        if (budget < 1e-12) return new LookBudget(number, look.IsFinal, look.InformationFraction, spentBefore, 0, HighestLevel);
        // One look spends all there is, and the plan's own level stays as it was written.
        if (looks.Count == 1) return new LookBudget(number, true, 1, spentBefore, budget, spentBefore == 0 ? plan.ConfidenceLevel : 1 - budget);

        var design = DesignOf(plan, budget);
        var spent = design.Spent[number - 1] - (number == 1 ? 0 : design.Spent[number - 2]);
        return new LookBudget(
            number, look.IsFinal, look.InformationFraction, spentBefore, spent, Math.Min(HighestLevel, 1 - design.NominalLevels[number - 1]));
    }

    /// <summary>By what factor a plan's looks raise the information that it needs for a power; 1 when it looks once.</summary>
    public static double PriceOfLooks(EvaluationPlan plan, double budget, double power) =>
        plan.Looks.Count == 1 ? 1 : DesignOf(plan, budget).InflationFactor(power);

    /// <summary>The p-value over all looks from one at a look: what the whole plan's error would have had to be to call it.</summary>
    public static double RepeatedPValue(EvaluationPlan plan, LookBudget look, double pValue)
    {
        if (plan.Looks.Count == 1) return pValue;
        var design = GroupSequentialDesign.LanDeMets(
            [.. plan.Looks.Take(look.Number).Select(l => l.InformationFraction)], SpendingOf(plan), 1 - plan.ConfidenceLevel);
        return design.RepeatedPValueOf(look.Number, pValue);
    }

    private static GroupSequentialDesign DesignOf(EvaluationPlan plan, double budget) =>
        GroupSequentialDesign.LanDeMets([.. plan.Looks.Select(l => l.InformationFraction)], SpendingOf(plan), budget);

    private static AlphaSpending SpendingOf(EvaluationPlan plan) =>
        plan.Spending == AlphaSpendingKind.Pocock ? AlphaSpending.PocockType : AlphaSpending.OBrienFlemingType;
}
