using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Effects;

/// <summary>What the groups received beside what the plan evaluates; meanings as in <see cref="ReceivedMix"/>.</summary>
/// <param name="Nothing">Those who received none of the methods, named or not.</param>
/// <param name="Methods">The methods that enough persons of either group received.</param>
public sealed record ReleasedMix(ReleasedReceived Nothing, IReadOnlyList<ReleasedReceived> Methods);

/// <summary>Who received a method.</summary>
/// <param name="Method">The method; null for none at all.</param>
/// <param name="Treated">Of the participants.</param>
/// <param name="Comparison">Of the comparison persons.</param>
public sealed record ReleasedReceived(string? Method, ReleasedPart Treated, ReleasedPart Comparison);

/// <summary>A part of a group.</summary>
/// <param name="Persons">Persons.</param>
/// <param name="Share">Their share of the group as it is compared.</param>
public sealed record ReleasedPart(Cell Persons, Cell Share);

/// <summary>How the groups differ in one period; meanings as in <see cref="EventStudyPoint"/>.</summary>
/// <param name="Time">Periods since the start.</param>
/// <param name="Point">The difference.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">Its upper end.</param>
public sealed record ReleasedEventPoint(int Time, Cell Point, Cell Low, Cell High);

/// <summary>How many of each group have a preference score within a range.</summary>
/// <param name="From">Its low end.</param>
/// <param name="To">Its high end.</param>
/// <param name="Treated">Share of the participants.</param>
/// <param name="Comparison">Share of the comparison persons.</param>
public sealed record ReleasedScoreBin(double From, double To, Cell Treated, Cell Comparison);

/// <summary>Who was lost before the outcome; meanings as in <see cref="Attrition"/>.</summary>
/// <param name="Treated">Among participants.</param>
/// <param name="Comparison">Among comparison persons.</param>
/// <param name="Bounds">Null when there are none.</param>
public sealed record ReleasedAttrition(ReleasedArmAttrition Treated, ReleasedArmAttrition Comparison, ReleasedBounds? Bounds);

/// <summary>Who was lost of a group.</summary>
/// <param name="Persons">Persons whose covariates are known.</param>
/// <param name="Lost">Those lost.</param>
/// <param name="Share">Their share.</param>
/// <param name="Losses">Why, the most common reason first; empty when not shown.</param>
public sealed record ReleasedArmAttrition(Cell Persons, Cell Lost, Cell Share, IReadOnlyList<ReleasedLoss> Losses);

/// <summary>Persons lost for a reason.</summary>
/// <param name="Reason">The reason; null for several that too few stand behind to be told apart.</param>
/// <param name="Persons">How many.</param>
public sealed record ReleasedLoss(OutcomeLoss? Reason, Cell Persons);

/// <summary>Lee's bounds; meanings as in <see cref="AttritionBounds"/>.</summary>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
/// <param name="IntervalLow">The interval's lower end.</param>
/// <param name="IntervalHigh">Its upper end.</param>
/// <param name="Level">Its level.</param>
public sealed record ReleasedBounds(Cell Low, Cell High, Cell IntervalLow, Cell IntervalHigh, double Level);
