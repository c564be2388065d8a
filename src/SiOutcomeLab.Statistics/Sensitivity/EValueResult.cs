namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>E-values of an estimate and of its confidence interval, with the risk ratios they were computed from.</summary>
/// <param name="RiskRatio">The estimate as an (approximate) risk ratio.</param>
/// <param name="Low">Lower confidence limit on the same scale, or null when none was given.</param>
/// <param name="High">Upper confidence limit on the same scale, or null when none was given.</param>
/// <param name="NullRiskRatio">The risk ratio that the estimate is compared with.</param>
/// <param name="Point">E-value of the estimate, at least 1.</param>
/// <param name="Limit">E-value of the limit nearer to the null: 1 when the interval holds the null, null when no limits were given.</param>
public sealed record EValueResult(
    double RiskRatio, double? Low, double? High, double NullRiskRatio, double Point, double? Limit);
