using SiOutcomeLab.Country.Programme;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Country.Making;

/// <summary>What a participant's outcome is held against.</summary>
public enum Against
{
    /// <summary>
    /// Not starting in the quarter of the start, and then what usually follows: starting later, or another method, or neither. The
    /// estimand of an evaluation that keeps comparison persons who start later.
    /// </summary>
    NotStartingThen = 1,

    /// <summary>Never starting the method; other methods as usual.</summary>
    NeverStarting = 2,
}

/// <summary>A person who started an intervention, with what would have been without it.</summary>
public sealed class Participant
{
    private readonly float[] _observed;
    private readonly float[] _notThen;
    private readonly float[] _never;
    private readonly int _offset;
    private readonly int _quarters;

    internal Participant(
        Method method, int person, int quarter, bool isInTarget, int group, DateOnly start, int lastFollowed,
        (float[] Observed, int Offset, float[] NotThen, float[] Never) worlds, int quarters)
    {
        (Method, Person, Quarter, IsInTarget, Group, Start, LastFollowed) = (method, person, quarter, isInTarget, group, start, lastFollowed);
        (_observed, _offset, _notThen, _never) = worlds;
        _quarters = quarters;
    }

    /// <summary>What was started.</summary>
    public Method Method { get; }

    /// <summary>The person's place in <see cref="MadePopulation"/>.</summary>
    public int Person { get; }

    /// <summary>The quarter of the start, from 0: event time 0.</summary>
    public int Quarter { get; }

    /// <summary>Whether the person was in the target group one quarter before.</summary>
    public bool IsInTarget { get; }

    /// <summary>The delivery group's number within the quarter; −1 for none.</summary>
    public int Group { get; }

    /// <summary>The day of the start.</summary>
    public DateOnly Start { get; }

    /// <summary>The last quarter that anybody in the country follows the person in.</summary>
    public int LastFollowed { get; }

    /// <summary>The largest horizon that the country's quarters reach.</summary>
    public int LongestHorizon => _quarters - 1 - Quarter;

    /// <summary>Whether the outcome at a horizon is followed: the person has not left before.</summary>
    /// <param name="horizon">Quarters after the start, from 1.</param>
    public bool IsFollowed(int horizon) => Quarter + horizon <= Math.Min(LastFollowed, _quarters - 1);

    /// <summary>What the method did to this person: the outcome as it was, less the outcome without the start.</summary>
    /// <param name="measure">The measure's place in its population.</param>
    /// <param name="horizon">Quarters after the start, from 1 to <see cref="LongestHorizon"/>; followed or not.</param>
    /// <param name="summary">The quarter alone, or the sum up to it.</param>
    /// <param name="against">The world it is held against.</param>
    public double Effect(int measure, int horizon, OutcomeSummary summary, Against against)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(horizon, LongestHorizon);
        var without = against == Against.NeverStarting ? _never : _notThen;
        var effect = 0.0;
        for (var time = summary == OutcomeSummary.AtHorizon ? horizon : 1; time <= horizon; time++)
        {
            var at = (measure * _quarters) + Quarter + time;
            effect += (double)_observed[_offset + at] - without[at];
        }

        return effect;
    }
}
