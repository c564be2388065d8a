namespace SiOutcomeLab.Domain.Effects;

/// <summary>Who was lost before the primary outcome was observed, and what that may have done to the effect.</summary>
/// <param name="Treated">Among participants.</param>
/// <param name="Comparison">Among comparison persons.</param>
/// <param name="Bounds">Bounds on the effect; null when nobody was lost, the headline has no estimate, or bounds do not suit the plan.</param>
public sealed record Attrition(ArmAttrition Treated, ArmAttrition Comparison, AttritionBounds? Bounds);

/// <summary>Who was lost of a group.</summary>
/// <param name="Persons">Persons in the target group whose covariates are known.</param>
/// <param name="Lost">Those whose outcome was observed in none of their index periods.</param>
/// <param name="Losses">Why, by reason; adds up to <paramref name="Lost"/>.</param>
public sealed record ArmAttrition(int Persons, int Lost, IReadOnlyList<LossCount> Losses);

/// <summary>Persons lost for one reason.</summary>
/// <param name="Reason">The reason; of several index periods the last one's.</param>
/// <param name="Persons">How many.</param>
public sealed record LossCount(OutcomeLoss Reason, int Persons);

/// <summary>Why an outcome was not observed.</summary>
public enum OutcomeLoss
{
    /// <summary>The person moved away, and nobody the plan may read tells of them since.</summary>
    Moved = 1,

    /// <summary>The person died.</summary>
    Died = 2,

    /// <summary>The person grew out of the population that is followed.</summary>
    AgedOut = 3,

    /// <summary>No row, or a row without the value.</summary>
    NotReported = 4,

    /// <summary>The person started the method, and the plan counts nothing of those who do.</summary>
    StartedLater = 5,
}

/// <summary>
/// Lee's bounds: the lowest and highest effect, on those whose outcome is observed whether treated or not, that the losses allow. The groups
/// are weighted as the headline's estimator makes them alike, those lost among them.
/// </summary>
/// <param name="Low">The lower bound, in the measure's unit.</param>
/// <param name="High">The upper bound.</param>
/// <param name="IntervalLow">Lower end of the interval that holds the effect at the level, wherever between the bounds it lies.</param>
/// <param name="IntervalHigh">Its upper end.</param>
/// <param name="Level">The interval's level.</param>
/// <param name="ObservedTreated">Weighted share of participants whose outcome is observed.</param>
/// <param name="ObservedComparison">The same of comparison persons.</param>
/// <param name="TrimsTreated">True when participants are trimmed: fewer of them were lost.</param>
/// <param name="Trimmed">The fewest persons that either bound trims, in whole or part.</param>
public sealed record AttritionBounds(
    double Low,
    double High,
    double IntervalLow,
    double IntervalHigh,
    double Level,
    double ObservedTreated,
    double ObservedComparison,
    bool TrimsTreated,
    int Trimmed);
