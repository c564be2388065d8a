using System.Globalization;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
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

    /// <summary>
    /// Keeps what plans of a method were pooled to, and what that rests on, in one transaction, and makes it what stands for the pool; a
    /// baseline that is not among it stands no more. The same once more changes nothing.
    /// </summary>
    /// <exception cref="ReleaseNameTakenException">Other kronor have a name.</exception>
    Task KeepPoolAsync(KeptCostPool pool, CancellationToken cancellationToken);

    /// <summary>What each pool rests on, by key; also one of which nothing came.</summary>
    Task<IReadOnlyDictionary<string, CostPoolStamp>> PoolsAsync(CancellationToken cancellationToken);

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

    /// <summary>
    /// Lets a run that is left out be begun anew, as if it had not been begun. One that has been put in kronor on these terms, that may still
    /// be begun, or that is not its plan's current one, stays as it is.
    /// </summary>
    /// <returns>Whether it is missing again.</returns>
    Task<bool> RestartAsync(string runId, string termsMark, int maximumAttempts, CancellationToken cancellationToken);

    /// <summary>Of some runs, those that <see cref="RestartAsync"/> would let be begun anew.</summary>
    Task<IReadOnlyList<string>> GivenUpAsync(IReadOnlyList<string> runIds, string termsMark, int maximumAttempts, CancellationToken cancellationToken);
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

    /// <summary>
    /// A run's releases the audience may see, by name: also those that others of the same set and price level have taken the place of, and
    /// those of a run that is not its plan's current one.
    /// </summary>
    Task<IReadOnlyList<RunCosts>> OfRunAsync(string runId, Audience audience, CancellationToken cancellationToken);

    /// <summary>What has become of the data behind each of these releases since; one that is not there is not told of.</summary>
    Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken);
}

/// <summary>Kronor to keep.</summary>
/// <param name="RunId">The run whose plan and look they are of.</param>
/// <param name="Summary">The full-precision sums, as UTF-8 JSON.</param>
/// <param name="Release">What may be shown of them.</param>
public sealed record KeptCosts(string RunId, byte[] Summary, Released<ReleasedCosts> Release);

/// <summary>Kronor of a run.</summary>
/// <param name="Release">What may be shown.</param>
/// <param name="Stands">Whether they are the ones that stand for the run, set and price level.</param>
public sealed record RunCosts(Released<ReleasedCosts> Release, bool Stands);

/// <summary>What plans' kronor are pooled by.</summary>
/// <param name="Project">The project.</param>
/// <param name="Method">The method.</param>
/// <param name="MunicipalityGroup">The municipality group.</param>
/// <param name="HorizonYears">Whole years that are counted.</param>
/// <param name="UnitCostSet">The unit costs.</param>
/// <param name="PriceYear">The price level.</param>
public sealed record CostPoolKey(
    ProjectId Project, string Method, string MunicipalityGroup, int HorizonYears, string UnitCostSet, int PriceYear)
{
    /// <summary>The key in one line.</summary>
    public string Canonical => string.Create(
        CultureInfo.InvariantCulture, $"{Project.Code}|{Method}|{MunicipalityGroup}|{HorizonYears}|{UnitCostSet}|{PriceYear}");
}

/// <summary>What a pool rests on.</summary>
/// <param name="InputsHash">Hash of its plans, looks, runs and terms.</param>
/// <param name="SnapshotHash">Hash of the snapshot that its persons were read from.</param>
public sealed record CostPoolStamp(string InputsHash, string SnapshotHash);

/// <summary>A pool to keep.</summary>
/// <param name="Key">What it is by.</param>
/// <param name="InputsHash">Hash of its plans, looks, runs and terms.</param>
/// <param name="Snapshot">What its persons were read from.</param>
/// <param name="ComputedAt">When (UTC).</param>
/// <param name="Costs">Its baselines, one of a kind at most: the full-precision sums as UTF-8 JSON, and what may be shown of them.</param>
public sealed record KeptCostPool(
    CostPoolKey Key,
    string InputsHash,
    Snapshot Snapshot,
    DateTimeOffset ComputedAt,
    IReadOnlyList<(byte[] Summary, Released<ReleasedCosts> Release)> Costs);

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
