using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Changes;

/// <summary>What may be told of why an estimate changed.</summary>
/// <param name="From">The earlier estimate.</param>
/// <param name="To">The later one.</param>
/// <param name="Parts">The parts of the change, in the order in which they were changed.</param>
public sealed record ReleasedChange(Cell From, Cell To, IReadOnlyList<ReleasedChangePart> Parts);

/// <summary>One part of a change.</summary>
/// <param name="Source">What is new.</param>
/// <param name="Told">How much can be told of it.</param>
/// <param name="Change">By how much the estimate as shown changed; null unless it may be told.</param>
public sealed record ReleasedChangePart(ChangeSource Source, ChangeTold Told, double? Change);

/// <summary>How much can be told of a part of a change.</summary>
public enum ChangeTold
{
    /// <summary>It is as it was.</summary>
    Unchanged = 1,

    /// <summary>By how much it changed the estimate.</summary>
    Number = 2,

    /// <summary>That it changed; by how much would tell of too few persons.</summary>
    InWords = 3,

    /// <summary>It is no part of the estimate.</summary>
    NoPart = 4,
}
