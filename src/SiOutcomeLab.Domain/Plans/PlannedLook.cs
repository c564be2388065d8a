using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain.Plans;

/// <summary>
/// A look before the final one. A look adds persons who reached the same horizon; the horizon itself never changes between looks.
/// </summary>
/// <param name="DueOn">The first day on which it may run; before the next look's.</param>
/// <param name="LastIndex">The latest period in which a participation may start and count at this look; before the plan's last.</param>
/// <param name="InformationFraction">The share of the plan's information that it is planned to hold, in (0, 1); increasing.</param>
public sealed record InterimLook(DateOnly DueOn, Period LastIndex, double InformationFraction);

/// <summary>A look of a plan with its number; the last one is the final look.</summary>
/// <param name="Number">From 1.</param>
/// <param name="DueOn">The first day on which it may run.</param>
/// <param name="LastIndex">The latest period in which a participation may start and count.</param>
/// <param name="InformationFraction">In (0, 1]; 1 for the final look.</param>
/// <param name="IsFinal">True for the last look.</param>
public sealed record PlannedLook(int Number, DateOnly DueOn, Period LastIndex, double InformationFraction, bool IsFinal);

/// <summary>How the error of the primary outcome is spent over looks.</summary>
public enum AlphaSpendingKind
{
    /// <summary>Little early, nearly all at the end (Lan and DeMets' form of O'Brien and Fleming).</summary>
    OBrienFleming = 1,

    /// <summary>Nearly the same at every look (Lan and DeMets' form of Pocock).</summary>
    Pocock = 2,
}
