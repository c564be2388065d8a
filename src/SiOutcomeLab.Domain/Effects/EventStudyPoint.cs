namespace SiOutcomeLab.Domain.Effects;

/// <summary>
/// How the groups differ on the primary measure in one period, weighted as the headline makes them alike: before the start the difference
/// should be none.
/// </summary>
/// <param name="Time">Periods since the start; 0 is the period of the start.</param>
/// <param name="Point">Participants' mean minus comparison persons' weighted mean, in the measure's unit per period.</param>
/// <param name="Low">Lower end of the interval for this period alone, at the plan's level; the weights are taken as known.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Treated">Participants observed.</param>
/// <param name="Comparison">Comparison persons observed.</param>
/// <param name="TreatedUnlike">Participants with another value than the most common one, for the disclosure rule.</param>
/// <param name="ComparisonUnlike">Likewise, comparison persons.</param>
public sealed record EventStudyPoint(
    int Time, double Point, double Low, double High, int Treated, int Comparison, int TreatedUnlike, int ComparisonUnlike);
