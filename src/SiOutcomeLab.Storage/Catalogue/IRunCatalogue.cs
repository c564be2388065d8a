using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>
/// Runs and whether their results count. The scheduler decides when and where work runs; a row here only decides whether a result counts.
/// </summary>
public interface IRunCatalogue
{
    /// <summary>
    /// Queues the run of a plan version on a snapshot at a look, and keeps the snapshot's list. Unique by the three: queued again, the
    /// first run is returned.
    /// </summary>
    /// <exception cref="InvalidOperationException">The plan is not registered, or not as it is given here.</exception>
    Task<Run> EnqueueAsync(
        EvaluationPlan plan,
        Snapshot snapshot,
        int look,
        string newRunId,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        RunCause cause = RunCause.LookDue);

    /// <summary>
    /// Queues a run anew that was cancelled or has failed, its tries counted from the beginning; any other is left as it is.
    /// </summary>
    /// <returns>The run as it stands then; null when it does not exist.</returns>
    Task<Run?> RestartAsync(string runId, RunCause cause, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Cancels a run that is queued, running or waiting for another try: from then on nobody's result of it counts, and nobody can claim
    /// it. One that has ended is left as it is.
    /// </summary>
    /// <returns>The run as it stands then; null when it does not exist.</returns>
    Task<Run?> CancelAsync(string runId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Claims a run for work under a new epoch, whoever held it before: an earlier holder's result no longer counts.
    /// </summary>
    /// <returns>
    /// The run under its new epoch; null when it has ended (<see cref="Run.HasEnded"/>), does not exist, or its plan is closed.
    /// </returns>
    Task<Run?> ClaimAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Tells what a run is doing. Ignored when the epoch is no longer the run's.</summary>
    /// <returns>Whether the claim still holds.</returns>
    Task<bool> SetStageAsync(string runId, long epoch, RunStage stage, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a run's result and releases in one transaction, and marks them as the plan's current ones, unless a run of a later version
    /// or look, or queued later, has already succeeded.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="epoch">The epoch under which it was claimed.</param>
    /// <param name="result">The result at full precision, encoded; never read by anything that faces readers.</param>
    /// <param name="releases">What passed the gate.</param>
    /// <param name="now">The time of completion (UTC).</param>
    /// <param name="cancellationToken">Stops before the transaction is committed.</param>
    /// <param name="spent">What the look spent of its question's error; null when no outcome was read. A look spends once, however often
    /// it is run.</param>
    /// <returns>False, with nothing stored, when the epoch is no longer the run's: another worker has taken it over, or the run has
    /// ended.</returns>
    /// <exception cref="ReleaseNameTakenException">A release's name is taken; nothing is stored, and the claim still holds.</exception>
    Task<bool> CompleteAsync(
        string runId,
        long epoch,
        ReadOnlyMemory<byte> result,
        IReadOnlyList<Released<ReleasedEffect>> releases,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        AlphaSpent? spent = null);

    /// <summary>
    /// What other versions of a plan have spent of the error of its question, the effect of its intervention on its primary measure; and,
    /// among prospective plans, what other plans have. A retrospective plan decides nothing, and neither pays for others nor costs them.
    /// </summary>
    Task<double> SpentElsewhereAsync(RegisteredPlan registered, CancellationToken cancellationToken);

    /// <summary>
    /// Every look's entry that counts against a plan version's question, its own among them, by plan, version and look.
    /// </summary>
    Task<IReadOnlyList<AlphaEntry>> AlphaEntriesAsync(RegisteredPlan registered, CancellationToken cancellationToken);

    /// <summary>The newest run of a plan version that has succeeded at a look; null when there is none.</summary>
    Task<Run?> SucceededAsync(string planId, int version, int look, CancellationToken cancellationToken);

    /// <summary>
    /// Marks a run as failed with a text that carries no values and no internals. Nothing happens when the epoch is no longer the run's, or
    /// it is not worked on any more.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="epoch">The epoch under which it was claimed.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="nextTryAt">When it is tried again (UTC); null when it is not.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="cancellationToken">Stops before the transaction is committed.</param>
    /// <returns>False when it came too late.</returns>
    Task<bool> FailAsync(
        string runId, long epoch, string message, DateTimeOffset? nextTryAt, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Marks a run as obsolete: what it was to read has been taken back or erased. It is not tried again. Nothing happens when the epoch is
    /// no longer the run's, or it is not worked on any more.
    /// </summary>
    /// <returns>False when it came too late.</returns>
    Task<bool> GiveUpAsync(string runId, long epoch, string message, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The run, or null.</summary>
    Task<Run?> FindAsync(string runId, CancellationToken cancellationToken);

    /// <summary>
    /// Runs, newest first, of one organisation unless null, of one plan unless null; at most <paramref name="limit"/>, older than
    /// <paramref name="before"/>.
    /// </summary>
    Task<IReadOnlyList<Run>> ListAsync(
        OrganisationId? organisation, string? planId, RunCursor? before, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Runs that have not ended, of plans that are not closed, in the order in which they are taken up: by cause, and then the oldest first.
    /// </summary>
    Task<IReadOnlyList<Run>> UnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>Every run of a plan version at a look, the newest first.</summary>
    Task<IReadOnlyList<Run>> OfLookAsync(string planId, int version, int look, CancellationToken cancellationToken);

    /// <summary>
    /// Plans' current runs of which some data have been replaced, taken back, or erased since; a plan's latest version only, and no
    /// closed plan's.
    /// </summary>
    Task<IReadOnlyList<Run>> OnChangedDataAsync(CancellationToken cancellationToken);

    /// <summary>Whether a plan has been closed: it runs no more.</summary>
    Task<bool> IsPlanClosedAsync(string planId, CancellationToken cancellationToken);

    /// <summary>The latest night for which what happens once a night has happened; null before the first.</summary>
    Task<DateTimeOffset?> NightAsync(CancellationToken cancellationToken);

    /// <summary>Notes a night as done, unless a later one has been.</summary>
    Task SetNightAsync(DateTimeOffset beganAt, CancellationToken cancellationToken);

    /// <summary>The identifiers of the submissions in a kept snapshot, in order; null when no run has used it.</summary>
    Task<IReadOnlyList<string>?> SnapshotSubmissionsAsync(string snapshotHash, CancellationToken cancellationToken);

    /// <summary>What was released of a run, in the order of names.</summary>
    Task<IReadOnlyList<Released<ReleasedEffect>>> ReleasesAsync(string runId, CancellationToken cancellationToken);

    /// <summary>The stored full-precision result of a run, or null. For reproduction inside the hub only.</summary>
    Task<byte[]?> ResultAsync(string runId, CancellationToken cancellationToken);
}

/// <summary>What a look spent of the error of its question.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Look">The look, from 1.</param>
/// <param name="Spent">Both sides together; in [0, 1].</param>
public sealed record AlphaSpent(EvaluationPlan Plan, int Look, double Spent);

/// <summary>A place in a list of runs, newest first.</summary>
/// <param name="QueuedAt">When the last run on the page was queued.</param>
/// <param name="Id">Its identifier, to tell runs queued at the same moment apart.</param>
public sealed record RunCursor(DateTimeOffset QueuedAt, string Id);
