using SiOutcomeLab.Statistics.Effects.OutcomeModels;

namespace SiOutcomeLab.Pipelines.Evaluation.Comparisons;

/// <summary>What kind of outcome a column of numbers is.</summary>
internal static class OutcomeKind
{
    public static bool IsYesOrNo(ReadOnlySpan<double> outcome) => !outcome.ContainsAnyExcept(0.0, 1.0);

    public static OutcomeFamily FamilyOf(ReadOnlySpan<double> outcome) => IsYesOrNo(outcome) ? OutcomeFamily.Logistic : OutcomeFamily.Linear;
}
