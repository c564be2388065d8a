using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Disclosure.Benchmarks;

/// <summary>A benchmark as readers may see it.</summary>
/// <param name="Name">Its resource name.</param>
/// <param name="Key">What it is of.</param>
/// <param name="Level">The level of every interval.</param>
/// <param name="Policy">The policy it was released under.</param>
/// <param name="Status">Pooled, not poolable or withheld.</param>
/// <param name="NotPoolable">Why nothing is pooled; null unless not poolable.</param>
/// <param name="WithheldFor">Why the pool may not be shown; null unless withheld.</param>
/// <param name="Model">Which model is to be read first.</param>
/// <param name="Pool">The pooled effect; null unless pooled.</param>
/// <param name="OneStage">The one-stage model's ratio; null unless it is the model.</param>
/// <param name="Municipalities">The contributors, by code.</param>
/// <param name="Absent">Those with a plan that do not contribute.</param>
/// <param name="Balance">Balance over the municipalities of the pool; empty unless pooled.</param>
/// <param name="Sentences">It in words, the pooled effect first.</param>
/// <param name="Lineage">What it rests on.</param>
public sealed record ReleasedBenchmark(
    string Name,
    BenchmarkKey Key,
    double Level,
    DataPolicy Policy,
    BenchmarkStatus Status,
    NotPoolableReason? NotPoolable,
    SuppressionReason? WithheldFor,
    BenchmarkModel Model,
    ReleasedPool? Pool,
    ReleasedOddsRatio? OneStage,
    IReadOnlyList<ReleasedMunicipality> Municipalities,
    IReadOnlyList<BenchmarkAbsence> Absent,
    IReadOnlyList<ReleasedPooledBalance> Balance,
    IReadOnlyList<BilingualText> Sentences,
    BenchmarkLineage Lineage);

/// <summary>What a reader finds.</summary>
public enum BenchmarkStatus
{
    /// <summary>Numbers.</summary>
    Pooled = 1,

    /// <summary>A reason why nothing is pooled.</summary>
    NotPoolable = 2,

    /// <summary>A pool exists and may not be shown.</summary>
    Withheld = 3,
}

/// <summary>The pooled effect; meanings as in <see cref="PooledEffect"/>.</summary>
/// <param name="Municipalities">How many municipalities it rests on.</param>
/// <param name="Point">The pooled effect.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="Tau">The standard deviation of true effects.</param>
/// <param name="ISquared">As a share in [0, 1].</param>
/// <param name="HeterogeneityPValue">Of equal true effects.</param>
/// <param name="PredictionLow">The prediction interval's lower end.</param>
/// <param name="PredictionHigh">Its upper end.</param>
/// <param name="Participants">Participants in the pool.</param>
public sealed record ReleasedPool(
    int Municipalities,
    Cell Point,
    Cell StandardError,
    Cell Low,
    Cell High,
    Cell PValue,
    Cell Tau,
    Cell ISquared,
    Cell HeterogeneityPValue,
    Cell PredictionLow,
    Cell PredictionHigh,
    Cell Participants);

/// <summary>The one-stage model's ratio; meanings as in <see cref="PooledOddsRatio"/>.</summary>
/// <param name="OddsRatio">The mean odds ratio.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
public sealed record ReleasedOddsRatio(Cell OddsRatio, Cell Low, Cell High);

/// <summary>One municipality: every cell is withheld unless its own estimate may be shown.</summary>
/// <param name="Municipality">The municipality.</param>
/// <param name="PlanId">Its plan.</param>
/// <param name="IsInPool">Whether the pool that is shown rests on it too.</param>
/// <param name="HoldsFor">The group its estimate holds for.</param>
/// <param name="Point">Its own estimate.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Low">Its interval's lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Participants">Its participants.</param>
/// <param name="Place">Its place in the pool; null when no pool is shown or it has none there.</param>
public sealed record ReleasedMunicipality(
    OrganisationId Municipality,
    string PlanId,
    bool IsInPool,
    EstimateGroup HoldsFor,
    Cell Point,
    Cell StandardError,
    Cell Low,
    Cell High,
    Cell Participants,
    ReleasedPlace? Place);

/// <summary>A place in the pool; meanings as in <see cref="BenchmarkPlace"/>.</summary>
/// <param name="Weight">As a share.</param>
/// <param name="Shrunken">The shrunken estimate.</param>
/// <param name="ShrunkenLow">Its interval's lower end.</param>
/// <param name="ShrunkenHigh">The upper end.</param>
/// <param name="ProbabilityBetter">Probability that its true effect is better than the pooled one; null when neither way is better.</param>
/// <param name="WithoutPoint">The pool without it; null when there is none.</param>
/// <param name="WithoutLow">That pool's lower end.</param>
/// <param name="WithoutHigh">The upper end.</param>
/// <param name="FunnelDeviation">Own estimate minus the pooled one, in own standard errors.</param>
public sealed record ReleasedPlace(
    Cell Weight,
    Cell Shrunken,
    Cell ShrunkenLow,
    Cell ShrunkenHigh,
    Cell? ProbabilityBetter,
    Cell? WithoutPoint,
    Cell? WithoutLow,
    Cell? WithoutHigh,
    Cell FunnelDeviation);

/// <summary>Balance of one covariate over the pool.</summary>
/// <param name="Covariate">The design column.</param>
/// <param name="MeanBefore">Mean absolute standardised difference before balancing.</param>
/// <param name="MeanAfter">After.</param>
/// <param name="WorstAfter">The largest after.</param>
public sealed record ReleasedPooledBalance(string Covariate, Cell MeanBefore, Cell MeanAfter, Cell WorstAfter);
