namespace SiOutcomeLab.Charts;

/// <summary>What an event-study plot shows: the effect period by period, before and after the start.</summary>
/// <param name="Points">One per period; drawn in the order of time.</param>
/// <param name="ValueLabel">What is estimated, with its unit.</param>
/// <param name="TimeLabel">What a step on the horizontal axis is, such as "Quarters since the start".</param>
public sealed record EventStudyData(IReadOnlyList<EventPoint> Points, string ValueLabel, string TimeLabel)
{
    /// <summary>The value that means no effect.</summary>
    public double Reference { get; init; }

    /// <summary>The period that others are compared with; marked on the reference line.</summary>
    public int? ReferenceTime { get; init; }

    /// <summary>Where the intervention begins, as a line: between the last period before it and the first of it. Null for none.</summary>
    public double? Start { get; init; } = -0.5;

    /// <summary>Decimals of the figures shown to who points at a mark.</summary>
    public int Decimals { get; init; } = 2;

    /// <summary>Low end of the vertical axis; chosen from the data when null. What lies beyond gets an arrowhead.</summary>
    public double? AxisLow { get; init; }

    /// <summary>High end of the vertical axis; chosen from the data when null.</summary>
    public double? AxisHigh { get; init; }
}

/// <summary>The effect in one period, or why there is none.</summary>
/// <param name="Time">Periods since the start.</param>
/// <param name="Estimate">With its pointwise interval; null when it is suppressed or not estimable.</param>
public sealed record EventPoint(int Time, IntervalValue? Estimate)
{
    /// <summary>Low end of the band that holds for all periods at once.</summary>
    public double? BandLower { get; init; }

    /// <summary>High end of that band.</summary>
    public double? BandUpper { get; init; }

    /// <summary>Why nothing is shown, in words; used when there is no estimate.</summary>
    public string? Gap { get; init; }
}
