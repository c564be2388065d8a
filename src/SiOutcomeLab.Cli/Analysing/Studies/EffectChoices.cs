using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;

namespace SiOutcomeLab.Cli.Analysing.Studies;

/// <summary>How <c>silab analyse effect</c> estimates.</summary>
internal sealed record EffectChoices
{
    public required EffectMethod Method { get; init; }

    public required string MethodWord { get; init; }

    public required Estimand Estimand { get; init; }

    /// <summary>Null when the outcome's type was not said.</summary>
    public required string FamilyWord { get; init; }

    public OutcomeFamily Family { get; init; } = OutcomeFamily.Linear;

    public RegressionForm Form { get; init; } = RegressionForm.Interacted;

    public StandardErrorType Error { get; init; } = StandardErrorType.MEstimation;

    public required PropensityKind Propensity { get; init; }

    public int Folds { get; init; } = 5;

    public int Replicates { get; init; } = 1000;

    public int Seed { get; init; } = 1;

    public double Level { get; init; } = 0.95;
}

/// <summary>Estimators of <c>silab analyse effect</c>.</summary>
internal enum EffectMethod
{
    Augmented = 1,
    AugmentedNormalised = 2,
    Weighted = 3,
    HorvitzThompson = 4,
    GComputation = 5,
    Regression = 6,
    WeightedRegression = 7,
    CrossFitted = 8,
    Jackknife = 9,
    Bootstrap = 10,
    GivenWeights = 11,
}

/// <summary>Propensity models of cross-fitted estimators.</summary>
internal enum PropensityKind
{
    Logistic = 1,
    Trees = 2,
    Lasso = 3,
}
