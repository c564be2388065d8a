namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>How g-computation models the outcome and states its uncertainty.</summary>
public sealed record GComputationOptions
{
    /// <summary>The outcome's family.</summary>
    public OutcomeFamily Family { get; init; } = OutcomeFamily.Linear;

    /// <summary>Interacted (a model in either arm, the lab's standard) or additive (one model with the arm as a column).</summary>
    public RegressionForm Form { get; init; } = RegressionForm.Interacted;

    /// <summary>
    /// The headline's standard error: M-estimation (clustered where clusters are given), HC0, HC1, with clusters ClusterHc0 or ClusterHc1,
    /// ModelBased, and for the linear family HC2 and HC3. Those that were not chosen stand beside it.
    /// </summary>
    public StandardErrorType ErrorType { get; init; } = StandardErrorType.MEstimation;

    /// <summary>Confidence level, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Most threads, at least 1, or null for the machine's; the result does not depend on it.</summary>
    public int? Threads { get; init; }
}
