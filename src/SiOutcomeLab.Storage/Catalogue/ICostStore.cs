using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Economics.Costs;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>Kronor: what was released of them, for readers; the full-precision sums behind, which stay inside; and what is due.</summary>
public interface ICostStore : ICostReleases
{
    /// <summary>
    /// Keeps kronor under their release's name, and makes them the ones that stand for their run, set and price level; the same once more
    /// changes nothing else.
    /// </summary>
    /// <exception cref="ReleaseNameTakenException">Other kronor have the name.</exception>
    Task KeepAsync(KeptCosts costs, CancellationToken cancellationToken);

    /// <summary>The full-precision sums behind a release, as they were handed over; null when there are none. Never for readers.</summary>
    Task<byte[]?> SummaryAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Plans' current runs that have not been put in kronor on these terms, those first that ended first. One that has been begun
    /// <paramref name="maximumAttempts"/> times is left out.
    /// </summary>
    /// <param name="termsMark">The mark of the terms (<see cref="CostTerms.Mark"/>).</param>
    /// <param name="maximumAttempts">How often it may be begun.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<string>> MissingAsync(string termsMark, int maximumAttempts, CancellationToken cancellationToken);

    /// <summary>Counts a beginning.</summary>
    /// <returns>False, with nothing counted, when it has been done or has been begun <paramref name="maximumAttempts"/> times.</returns>
    Task<bool> BeginAsync(string runId, string termsMark, int maximumAttempts, CancellationToken cancellationToken);

    /// <summary>Leaves a run out from now on: what it rests on is not there any more.</summary>
    Task GiveUpAsync(string runId, string termsMark, int maximumAttempts, CancellationToken cancellationToken);
}

/// <summary>The one door through which readers reach kronor.</summary>
public interface ICostReleases
{
    /// <summary>The release with this name if the audience may see it; null otherwise, whether it exists or not.</summary>
    Task<Released<ReleasedCosts>?> FindAsync(string name, Audience audience, CancellationToken cancellationToken);

    /// <summary>
    /// Current releases the audience may see, ordered by name, after <paramref name="afterName"/>, at most <paramref name="limit"/>: those of
    /// plans' current runs, and pools.
    /// </summary>
    Task<IReadOnlyList<Released<ReleasedCosts>>> ListAsync(
        CostFilter filter, Audience audience, string? afterName, int limit, CancellationToken cancellationToken);

    /// <summary>What has become of the data behind each of these releases since; a pool, and one that is not there, is not told of.</summary>
    Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken);
}

/// <summary>Kronor to keep.</summary>
/// <param name="RunId">The run whose plan and look they are of; null for a pool of several.</param>
/// <param name="Summary">The full-precision sums, as UTF-8 JSON.</param>
/// <param name="Release">What may be shown of them.</param>
public sealed record KeptCosts(string? RunId, byte[] Summary, Released<ReleasedCosts> Release);

/// <summary>Which kronor a reader asks for; a null part does not restrict.</summary>
public sealed record CostFilter
{
    /// <summary>The plan's id, or the method that is pooled.</summary>
    public string? Subject { get; init; }

    /// <summary>The plan's organisation.</summary>
    public string? Organisation { get; init; }

    /// <summary>The intervention's method.</summary>
    public string? Method { get; init; }

    /// <summary>The plan's primary measure.</summary>
    public string? Measure { get; init; }

    /// <summary>The municipality group of a pool.</summary>
    public string? MunicipalityGroup { get; init; }

    /// <summary>Whole years that are counted.</summary>
    public int? HorizonYears { get; init; }

    /// <summary>The unit costs.</summary>
    public string? UnitCostSet { get; init; }

    /// <summary>The price level.</summary>
    public int? PriceYear { get; init; }

    /// <summary>Only those that have this.</summary>
    public CostPart? Part { get; init; }
}

/// <summary>What kronor are of.</summary>
public enum CostPart
{
    /// <summary>A target group's baseline.</summary>
    TargetGroup = 1,

    /// <summary>The baseline of participants' counterfactual.</summary>
    Counterfactual = 2,

    /// <summary>A saving.</summary>
    Saving = 3,

    /// <summary>A plan, whatever could be counted of it; not a pool.</summary>
    Plan = 4,
}
