using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>A release as it stands after its latest change.</summary>
/// <param name="Release">The release.</param>
/// <param name="ChangedAt">When (UTC); later for a later change, whichever hub made it.</param>
/// <param name="Ending">Why it stands no more; null while it does.</param>
public sealed record EffectChange(Released<ReleasedEffect> Release, DateTimeOffset ChangedAt, EffectEnding? Ending);

/// <summary>Why a release stands no more.</summary>
public enum EffectEnding
{
    /// <summary>A later result of its plan has taken its place.</summary>
    Superseded = 1,

    /// <summary>Its own organisation has taken back data that it rests on, and no later result stands in its place.</summary>
    Withdrawn = 2,
}

/// <summary>A place in the order of changes; the next one is after it.</summary>
/// <param name="ChangedAt">The time (UTC).</param>
/// <param name="Name">The release among those changed then; null to leave out all of that time.</param>
public sealed record EffectChangeCursor(DateTimeOffset ChangedAt, string? Name);
