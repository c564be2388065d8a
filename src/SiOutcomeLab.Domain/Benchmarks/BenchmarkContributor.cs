using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Domain.Benchmarks;

/// <summary>One municipality of a benchmark: its own estimate, made again on the common snapshot, and what the others make of it.</summary>
/// <param name="Municipality">The municipality.</param>
/// <param name="PlanId">Its plan.</param>
/// <param name="PlanVersion">The plan's version.</param>
/// <param name="Look">The look whose persons are counted.</param>
/// <param name="RunId">The succeeded run of that look.</param>
/// <param name="Estimate">Its own estimate, with an ordinary interval, and the group it holds for.</param>
/// <param name="Diagnostics">Balance and overlap behind it.</param>
/// <param name="Place">Its place in the pool; null when nothing is pooled.</param>
public sealed record BenchmarkContributor(
    OrganisationId Municipality,
    string PlanId,
    int PlanVersion,
    int Look,
    string RunId,
    PointEstimate Estimate,
    Diagnostics Diagnostics,
    BenchmarkPlace? Place);

/// <summary>A municipality's place in the pool.</summary>
/// <param name="WeightPercent">Its share of the pooled effect's weights; all add up to 100, and shared persons may make one negative.</param>
/// <param name="Shrunken">Its true effect as its own estimate and all the others together tell it.</param>
/// <param name="Without">The pool without it; null when that cannot be computed.</param>
/// <param name="Funnel">How far it lies from the pooled effect beside what chance allows.</param>
public sealed record BenchmarkPlace(double WeightPercent, ShrunkenEffect Shrunken, PoolWithout? Without, FunnelPlace Funnel);

/// <summary>A shrunken estimate, in the measure's unit, with what few municipalities leave unknown of how much they differ.</summary>
/// <param name="Point">The estimate.</param>
/// <param name="StandardError">Of the true effect around it.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
/// <param name="Kept">The mean weight of its own estimate, in [0, 1].</param>
/// <param name="ProbabilityAbove">Probability that its true effect is above the pooled one.</param>
/// <param name="ProbabilityBetter">The same for better, by the measure's direction; null when neither way is better.</param>
public sealed record ShrunkenEffect(
    double Point, double StandardError, double Low, double High, double Kept, double ProbabilityAbove, double? ProbabilityBetter);

/// <summary>The pooled effect with one municipality left out.</summary>
/// <param name="Point">The pooled effect.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
/// <param name="TauSquared">τ².</param>
public sealed record PoolWithout(double Point, double Low, double High, double TauSquared);

/// <summary>A place in the funnel around the pooled effect, for the municipality's own standard error.</summary>
/// <param name="Deviation">Own estimate minus the pooled one, in own standard errors.</param>
/// <param name="InnerLow">The lower limit that 95 % lie above and below the upper one, when true effects do not differ.</param>
/// <param name="InnerHigh">Its upper counterpart.</param>
/// <param name="OuterLow">The same for 99.8 %.</param>
/// <param name="OuterHigh">Its upper counterpart.</param>
public sealed record FunnelPlace(double Deviation, double InnerLow, double InnerHigh, double OuterLow, double OuterHigh);
