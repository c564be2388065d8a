namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>The verdict over all placebo estimates.</summary>
/// <param name="Grade">The worst single grade.</param>
/// <param name="Estimates">One judgement per estimate, in input order.</param>
/// <param name="JointStatistic">Wald statistic of all being zero.</param>
/// <param name="JointPValue">Its p-value, χ² with as many degrees of freedom as estimates.</param>
public sealed record PlaceboVerdict(
    PlaceboGrade Grade, IReadOnlyList<PlaceboJudgement> Estimates, double JointStatistic, double JointPValue);

/// <summary>The verdict over one placebo estimate.</summary>
/// <param name="Placebo">The estimate.</param>
/// <param name="PValueOfZero">Two-sided p-value of no effect, Holm-adjusted over all estimates.</param>
/// <param name="PValueOfSize">One-sided p-value of an effect at least as large as the stated size; small means ruled out.</param>
/// <param name="Grade">The grade.</param>
public sealed record PlaceboJudgement(PlaceboEstimate Placebo, double PValueOfZero, double PValueOfSize, PlaceboGrade Grade);
