using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Domain.Benchmarks;

/// <summary>
/// The pooled effect of a method over municipalities, at full precision. Stays inside the hub: readers meet only what the disclosure gate
/// made of it.
/// </summary>
/// <param name="Key">What it is of.</param>
/// <param name="Level">The level of every interval.</param>
/// <param name="Model">Which model is to be read first.</param>
/// <param name="Contributors">The municipalities that are pooled, by code.</param>
/// <param name="Absent">Those that have a plan of the method and outcome and are not pooled, by code.</param>
/// <param name="Pooled">The two-stage pooled effect; null exactly when <paramref name="NotPoolable"/> is set.</param>
/// <param name="NotPoolable">Why there is none.</param>
/// <param name="OneStage">The one-stage model's ratio; null unless it is the <paramref name="Model"/>.</param>
/// <param name="Balance">Balance over all contributors, by covariate in ordinal order.</param>
/// <param name="Policy">The strictest disclosure policy among the submissions read.</param>
/// <param name="Lineage">What it rests on.</param>
public sealed record Benchmark(
    BenchmarkKey Key,
    double Level,
    BenchmarkModel Model,
    IReadOnlyList<BenchmarkContributor> Contributors,
    IReadOnlyList<BenchmarkAbsence> Absent,
    PooledEffect? Pooled,
    NotPoolableReason? NotPoolable,
    PooledOddsRatio? OneStage,
    IReadOnlyList<PooledBalance> Balance,
    DataPolicy Policy,
    BenchmarkLineage Lineage);

/// <summary>How estimates are pooled.</summary>
public enum BenchmarkModel
{
    /// <summary>Random effects over the municipalities' own estimates: REML, Hartung and Knapp's interval, shared persons' covariance.</summary>
    TwoStage = 1,

    /// <summary>
    /// One stratified likelihood over all municipalities' tables of a yes-or-no outcome. Read first when somewhere fewer than ten persons
    /// have, or have not, the outcome, and no two estimates correlate above 0.1, since it takes municipalities' persons for different ones.
    /// </summary>
    OneStageStratified = 2,
}

/// <summary>Why nothing is pooled.</summary>
public enum NotPoolableReason
{
    /// <summary>Fewer than three municipalities have an estimate.</summary>
    FewerThanThree = 1,

    /// <summary>Two estimates rest on the same persons so far that they do not tell two things.</summary>
    SamePersons = 2,

    /// <summary>The estimates do not differ at all, or the computation found no solution.</summary>
    NoSolution = 3,
}

/// <summary>A municipality that is not among the contributors.</summary>
/// <param name="Municipality">The municipality.</param>
/// <param name="PlanId">Its plan.</param>
/// <param name="Reason">Why.</param>
public sealed record BenchmarkAbsence(OrganisationId Municipality, string PlanId, AbsenceReason Reason);

/// <summary>Why a municipality with a plan does not contribute.</summary>
public enum AbsenceReason
{
    /// <summary>It has no live submission that allows pooled results.</summary>
    NotAllowed = 1,

    /// <summary>Its effect is not estimable on the common snapshot.</summary>
    NotEstimable = 2,

    /// <summary>Its estimate holds for another group than the participants.</summary>
    OtherGroup = 3,

    /// <summary>Another plan of the municipality, registered later, stands for it.</summary>
    OtherPlan = 4,
}

/// <summary>What a benchmark rests on.</summary>
/// <param name="SnapshotHash">The common list of submissions that all estimates were made on.</param>
/// <param name="InputHash">Hash of the plans, looks, runs and the snapshot: the same inputs give the same numbers.</param>
/// <param name="CodeVersion">The version of the code that ran.</param>
/// <param name="ComputedAt">When (UTC).</param>
public sealed record BenchmarkLineage(string SnapshotHash, string InputHash, string CodeVersion, DateTimeOffset ComputedAt);
