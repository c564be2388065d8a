using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain.Plans;

/// <summary>
/// What is known of a plan's persons before its start: who would be eligible, and how comparison persons fare over a follow-up as long as the
/// plan's. At full precision; no participant's row from the start on is in it.
/// </summary>
/// <param name="Reference">The index period it is told of: the latest whose horizon the hub holds, none after the plan's last.</param>
/// <param name="Policy">The strictest disclosure policy among the submissions read.</param>
/// <param name="EligibleOwn">Persons of the plan's own organisation in the target group then.</param>
/// <param name="Eligible">Persons in the target group in all of the plan's pool, the own ones among them.</param>
/// <param name="CovariatesKnown">Of <paramref name="Eligible"/>, those whose covariates are all known.</param>
/// <param name="Followed">Of <paramref name="CovariatesKnown"/>, those who did not start the method during the follow-up.</param>
/// <param name="Observed">Of <paramref name="Followed"/>, those for whom the outcome was observed.</param>
/// <param name="StartedSoFar">Participants who have started within the plan's window, as far as has been told.</param>
/// <param name="Outcome">The primary outcome among <paramref name="Observed"/>; null when nobody was observed.</param>
public sealed record FeasibilityFacts(
    Period Reference,
    DataPolicy Policy,
    int EligibleOwn,
    int Eligible,
    int CovariatesKnown,
    int Followed,
    int Observed,
    int StartedSoFar,
    BaselineOutcome? Outcome);

/// <summary>A measure among persons who do not take part.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="StandardDeviation">Its standard deviation.</param>
/// <param name="VarianceExplained">The share of its variance that the plan's covariates explain.</param>
/// <param name="Parameters">How many parameters that took.</param>
/// <param name="WithAny">Persons with another value than 0.</param>
/// <param name="LargestShare">The largest person's share of the sum; null where values have both signs.</param>
/// <param name="IsYesOrNo">True when every value is 0 or 1.</param>
public sealed record BaselineOutcome(
    double Mean, double StandardDeviation, double VarianceExplained, int Parameters, int WithAny, double? LargestShare, bool IsYesOrNo);

/// <summary>What a power calculation starts from, all of it fit to be shown.</summary>
/// <param name="Participants">How many will take part.</param>
/// <param name="ShareRetained">The share of them that can be expected in the estimate.</param>
/// <param name="ComparisonAvailable">Comparison persons with everything observed.</param>
/// <param name="StandardDeviation">Of the outcome.</param>
/// <param name="VarianceExplained">By the covariates.</param>
public sealed record PowerTerms(
    double Participants, double ShareRetained, double ComparisonAvailable, double StandardDeviation, double VarianceExplained);

/// <summary>What a plan could find.</summary>
/// <param name="RetainedParticipants">Participants expected in the estimate.</param>
/// <param name="ComparisonUsed">Comparison persons reckoned with.</param>
/// <param name="Level">The error, both sides together, that the plan may spend.</param>
/// <param name="PriceOfLooks">By what factor its looks raise the information it needs.</param>
/// <param name="DetectableAt80">The smallest effect found with 80 % probability, in the measure's unit.</param>
/// <param name="DetectableAt90">The same with 90 %.</param>
/// <param name="Curve">Power by effect, from none to twice the larger of the smallest worthwhile and the detectable effect.</param>
/// <param name="WithMore">What more participants would give.</param>
/// <param name="ByParticipants">Power by how many take part, at the smallest worthwhile effect, or at the detectable one when none is stated.</param>
/// <param name="Worthwhile">What the smallest worthwhile effect asks for; null when the plan states none.</param>
public sealed record PowerFigures(
    double RetainedParticipants,
    double ComparisonUsed,
    double Level,
    double PriceOfLooks,
    double DetectableAt80,
    double DetectableAt90,
    IReadOnlyList<PowerPoint> Curve,
    IReadOnlyList<MoreParticipants> WithMore,
    IReadOnlyList<ParticipantsPower> ByParticipants,
    WorthwhilePower? Worthwhile);

/// <summary>A point of a power curve.</summary>
/// <param name="Effect">The effect's size, in the measure's unit.</param>
/// <param name="Power">The probability of finding it.</param>
public sealed record PowerPoint(double Effect, double Power);

/// <summary>The power with a number of participants.</summary>
/// <param name="Participants">How many take part.</param>
/// <param name="Power">The probability of finding the effect.</param>
public sealed record ParticipantsPower(double Participants, double Power);

/// <summary>What more participants would give.</summary>
/// <param name="More">How many more would take part.</param>
/// <param name="DetectableAt80">The smallest effect then found with 80 % probability.</param>
public sealed record MoreParticipants(int More, double DetectableAt80);

/// <summary>What the smallest worthwhile effect asks for.</summary>
/// <param name="Effect">The effect.</param>
/// <param name="Power">The probability of finding it as the plan stands.</param>
/// <param name="ParticipantsFor80">Participants that would have to take part for 80 %.</param>
/// <param name="ParticipantsFor90">The same for 90 %.</param>
public sealed record WorthwhilePower(double Effect, double Power, double ParticipantsFor80, double ParticipantsFor90);

/// <summary>Why nothing can be said of what a plan could find.</summary>
public enum FeasibilityObstacle
{
    /// <summary>The hub holds no follow-up as long as the plan's horizon.</summary>
    NoFollowUp = 1,

    /// <summary>Too few persons are followed for their numbers to be shown.</summary>
    FewPersons = 2,

    /// <summary>The measure is the same for all, or the covariates are too many for the persons.</summary>
    NoVariation = 3,

    /// <summary>Earlier versions and plans have spent the question's error.</summary>
    ErrorSpent = 4,

    /// <summary>Too few participants or comparison persons remain for a comparison.</summary>
    TooFewExpected = 5,
}
