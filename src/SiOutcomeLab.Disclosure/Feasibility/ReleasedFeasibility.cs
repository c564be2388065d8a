using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Disclosure.Feasibility;

/// <summary>What may be shown of whether a plan can find what it is after.</summary>
/// <param name="Reference">The index period that the numbers are told of; null when there is none.</param>
/// <param name="EligibleOwn">Persons of the own organisation in the target group then.</param>
/// <param name="Comparison">Comparison persons with covariates and outcome observed.</param>
/// <param name="ShareRetained">The share of eligible persons whose covariates are known and whose outcome is observed.</param>
/// <param name="Mean">The primary measure's mean without the intervention.</param>
/// <param name="StandardDeviation">Its standard deviation.</param>
/// <param name="VarianceExplained">The share of its variance that the covariates explain.</param>
/// <param name="Participants">How many are reckoned to take part.</param>
/// <param name="Figures">What the plan could find, a function of the numbers shown; null with <paramref name="Obstacle"/>.</param>
/// <param name="Obstacle">Why there are no figures; null when there are.</param>
public sealed record ReleasedFeasibility(
    Period? Reference,
    Cell EligibleOwn,
    Cell Comparison,
    Cell ShareRetained,
    Cell Mean,
    Cell StandardDeviation,
    Cell VarianceExplained,
    double Participants,
    PowerFigures? Figures,
    FeasibilityObstacle? Obstacle);
