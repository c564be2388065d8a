namespace SiOutcomeLab.Statistics.Effects.Survival;

/// <summary>An estimated survival curve of one group, a step down at each time with an event.</summary>
public sealed class SurvivalCurve
{
    /// <summary>Times with an event, ascending.</summary>
    public required ReadOnlyMemory<double> Times { get; init; }

    /// <summary>Weight still followed just before each time.</summary>
    public required ReadOnlyMemory<double> AtRisk { get; init; }

    /// <summary>Weight of the events at each time.</summary>
    public required ReadOnlyMemory<double> Events { get; init; }

    /// <summary>Kaplan and Meier's share without an event after each time, in [0, 1].</summary>
    public required ReadOnlyMemory<double> Survival { get; init; }

    /// <summary>
    /// Standard error of <see cref="Survival"/>, weights taken as known: Greenwood's without weights; NaN once nobody is left.
    /// </summary>
    public required ReadOnlyMemory<double> StandardErrors { get; init; }

    /// <summary>Nelson and Aalen's cumulative hazard after each time.</summary>
    public required ReadOnlyMemory<double> CumulativeHazard { get; init; }

    /// <summary>Standard error of <see cref="CumulativeHazard"/>, weights taken as known.</summary>
    public required ReadOnlyMemory<double> CumulativeHazardErrors { get; init; }

    /// <summary>Longest time that anybody was followed.</summary>
    public required double LongestFollowUp { get; init; }

    /// <summary>Rows of the group with weight.</summary>
    public required int Rows { get; init; }

    /// <summary>The share without an event at a time.</summary>
    /// <param name="time">At least 0; beyond the last event the curve stays where it is.</param>
    /// <returns>In [0, 1].</returns>
    public double At(double time)
    {
        var position = Times.Span.BinarySearch(time);
        var steps = position >= 0 ? position + 1 : ~position;
        return steps == 0 ? 1 : Survival.Span[steps - 1];
    }

    /// <summary>The earliest time at which no more than half are without an event; infinite when more than half stay so.</summary>
    /// <returns>In the time's unit.</returns>
    public double Median()
    {
        var survival = Survival.Span;
        for (var k = 0; k < survival.Length; k++)
        {
            // Half by counting may stand a rounding above 0.5.
            if (survival[k] <= 0.5 + 1e-12) return Times.Span[k];
        }

        return double.PositiveInfinity;
    }
}
