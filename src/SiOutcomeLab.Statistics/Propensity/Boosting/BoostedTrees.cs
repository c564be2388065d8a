namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>A boosted model and how it came about.</summary>
/// <param name="Fit">The model of the trees that were kept.</param>
/// <param name="TrainingLoss">
/// Mean logistic loss of the rows learned from, with 0, 1, … trees; also of trees that were grown and not kept.
/// </param>
/// <param name="HeldOutLoss">The same of the rows held out; empty when none were.</param>
/// <param name="Gains">Per column, in column order: what the splits on it took off twice the penalised loss, over the kept trees.</param>
public sealed record BoostedTrees(
    PropensityFit Fit, IReadOnlyList<double> TrainingLoss, IReadOnlyList<double> HeldOutLoss, IReadOnlyList<double> Gains);
