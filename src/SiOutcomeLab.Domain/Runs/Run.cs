using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Domain.Runs;

/// <summary>Where a run stands.</summary>
public enum RunState
{
    /// <summary>Waiting for a worker.</summary>
    Queued = 1,

    /// <summary>A worker has claimed it.</summary>
    Running = 2,

    /// <summary>Its result counts.</summary>
    Succeeded = 3,

    /// <summary>It ended with an error. <see cref="Run.NextTryAt"/> says whether it is tried again, or somebody must look.</summary>
    Failed = 4,

    /// <summary>Its data were taken back or erased before it ended; a run on what remains takes its place.</summary>
    Obsolete = 5,

    /// <summary>Somebody stopped it: it counts no result and is not taken up again until somebody starts it.</summary>
    Cancelled = 6,
}

/// <summary>Why a run was queued. The order is the order in which they are taken up.</summary>
public enum RunCause
{
    /// <summary>The plan's look came due.</summary>
    LookDue = 1,

    /// <summary>Somebody asked for it.</summary>
    Requested = 2,

    /// <summary>What the look's earlier result rests on has been replaced, taken back or erased.</summary>
    DataChanged = 3,
}

/// <summary>What a run is doing. The order is the order of work; the outcome is not read before <see cref="Estimating"/>.</summary>
public enum RunStage
{
    /// <summary>Not started.</summary>
    Waiting = 0,

    /// <summary>Reading the snapshot's files and building the cohort.</summary>
    BuildingCohort = 1,

    /// <summary>Fitting the propensity model.</summary>
    FittingPropensity = 2,

    /// <summary>Matching or weighting.</summary>
    Balancing = 3,

    /// <summary>Judging balance, overlap and numbers, blind to the outcome.</summary>
    Diagnosing = 4,

    /// <summary>Estimating the effect.</summary>
    Estimating = 5,

    /// <summary>Passing every output through the disclosure gate.</summary>
    Releasing = 6,

    /// <summary>Ended.</summary>
    Done = 7,
}

/// <summary>One execution of a plan version on one snapshot at one look. Unique by those three.</summary>
/// <param name="Id">The hub's identifier, unguessable.</param>
/// <param name="PlanId">The plan.</param>
/// <param name="PlanVersion">Its version.</param>
/// <param name="Organisation">Whose plan it is.</param>
/// <param name="SnapshotHash">What it reads.</param>
/// <param name="Look">The look, from 1.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Stage">What it is doing.</param>
/// <param name="Epoch">Counts claims; a result counts only when committed under the epoch that claimed the run.</param>
/// <param name="Error">When failed or obsolete: what went wrong, without values or internals; otherwise null.</param>
/// <param name="QueuedAt">When it was queued (UTC).</param>
/// <param name="FinishedAt">When it ended (UTC); null before.</param>
public sealed record Run(
    string Id,
    string PlanId,
    int PlanVersion,
    OrganisationId Organisation,
    string SnapshotHash,
    int Look,
    RunState State,
    RunStage Stage,
    long Epoch,
    string? Error,
    DateTimeOffset QueuedAt,
    DateTimeOffset? FinishedAt)
{
    /// <summary>How often it has been taken up since it was queued; starting it again counts anew, unlike the epoch.</summary>
    public int Attempts { get; init; }

    /// <summary>When failed: when it is tried again (UTC); null when it is not.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>Why it was queued.</summary>
    public RunCause Cause { get; init; } = RunCause.LookDue;

    /// <summary>Whether it will not go on by itself.</summary>
    public bool HasEnded => State is RunState.Succeeded or RunState.Obsolete or RunState.Cancelled || (State == RunState.Failed && NextTryAt is null);
}
