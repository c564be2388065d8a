using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>Trials made of cohorts: the primary's first, then one per other outcome of the plan.</summary>
internal sealed class SampleTrials(EvaluationPlan plan, params Cohort[] cohorts) : ITrials
{
    public IReadOnlyList<CohortOutcomeDefinition> Definitions { get; } = TrialOptions.Of(plan).Outcomes;

    public double[][] HeldOut { get; init; } = [];

    public string[][] Levels { get; init; } = [];

    public Cohort For(int outcome) => cohorts[outcome] with { TrialRow = [.. Enumerable.Range(0, cohorts[outcome].Rows)] };

    /// <summary>The cohorts with those who were lost; the others without.</summary>
    public Cohort[] Whole { get; init; } = [];

    public Cohort WithLost(int outcome) => Whole[outcome] with { TrialRow = [.. Enumerable.Range(0, Whole[outcome].Rows)] };

    public IReadOnlyList<LossReason>? Losses { get; init; }

    public IReadOnlyList<ReceivedMethod>? Received { get; init; }

    public double[] HeldOutColumn(int term) => HeldOut[term];

    public IReadOnlyList<string> HeldOutLevels(int term) => Levels.Length > term ? Levels[term] : [];
}
