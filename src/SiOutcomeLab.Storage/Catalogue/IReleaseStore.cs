using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>The one door through which readers reach results: it hands out released values and nothing else.</summary>
public interface IReleaseStore
{
    /// <summary>The release with this name if the audience may see it; null otherwise, whether it exists or not.</summary>
    Task<Released<ReleasedEffect>?> FindAsync(string name, Audience audience, CancellationToken cancellationToken);

    /// <summary>
    /// Current releases the audience may see, ordered by name, after <paramref name="afterName"/>, at most <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<Released<ReleasedEffect>>> ListAsync(
        EffectFilter filter, Audience audience, string? afterName, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Releases the audience may see in the order in which they last changed, those too that stand no more; after
    /// <paramref name="after"/>, at most <paramref name="limit"/>. One that changes again moves to the end, so that who goes on to the end
    /// has seen each as it stands, and none twice as it stood.
    /// </summary>
    Task<IReadOnlyList<EffectChange>> ChangesAsync(
        EffectFilter filter, Audience audience, EffectChangeCursor? after, int limit, CancellationToken cancellationToken);

    /// <summary>Another number after each commit of this process that changed what a reader of releases could see.</summary>
    long Version { get; }

    /// <summary>A text that is another one whenever anything has changed that a reader of releases could see, whoever changed it.</summary>
    Task<string> StampAsync(CancellationToken cancellationToken);

    /// <summary>What has become of the data behind each of these releases since; one that is not there is not told of.</summary>
    Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken);
}

/// <summary>What has become of the data behind a release since it was computed; the gravest counts.</summary>
public enum DataStanding
{
    /// <summary>All of it is as it was.</summary>
    Current = 1,

    /// <summary>Some of it has been replaced by a later submission of its owner.</summary>
    Superseded = 2,

    /// <summary>Some of it has been taken back by its owner.</summary>
    Withdrawn = 3,

    /// <summary>Some of its rows have been removed by law, so the release cannot be computed again from what is kept.</summary>
    Erased = 4,
}

/// <summary>Which effects a reader asks for; a null part does not restrict.</summary>
/// <param name="Organisation">The organisation's code.</param>
/// <param name="Plan">The plan's identifier.</param>
/// <param name="Method">The intervention's method.</param>
/// <param name="Measure">The measure's code.</param>
/// <param name="Status">Estimated, not estimable or withheld.</param>
/// <param name="HeadlineOnly">True to leave sensitivity estimates out.</param>
public sealed record EffectFilter(
    string? Organisation, string? Plan, string? Method, string? Measure, EffectStatus? Status, bool HeadlineOnly)
{
    /// <summary>Effects on participations of which some could start in this period.</summary>
    public Period? StartedIn { get; init; }
}
