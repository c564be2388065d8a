namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>How <see cref="GradientBoostedTrees"/> grows; defaults as XGBoost's.</summary>
public sealed record BoostingOptions
{
    /// <summary>The deepest trees that can be asked for.</summary>
    public const int DeepestTree = 12;

    /// <summary>Decides the folds, and the rows and columns that a tree sees.</summary>
    public required int Seed { get; init; }

    /// <summary>Most trees, at least 1.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Most splits between root and leaf, from 1 to <see cref="DeepestTree"/>.</summary>
    public int MaximumDepth { get; init; } = 6;

    /// <summary>η, in (0, 1]: what share of a Newton step each tree takes.</summary>
    public double LearningRate { get; init; } = 0.3;

    /// <summary>λ, at least 0: penalty on the squares of leaf values, in units of information.</summary>
    public double Lambda { get; init; } = 1;

    /// <summary>γ, at least 0: the least reduction of twice the loss that makes a split.</summary>
    public double Gamma { get; init; }

    /// <summary>Least information Σ w e(1 − e) in a child, at least 0.</summary>
    public double MinimumChildWeight { get; init; } = 1;

    /// <summary>Probability in (0, 1] that a tree learns from a row.</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>Share of the columns in (0, 1], rounded up, that a tree may split.</summary>
    public double ColumnShare { get; init; } = 1;

    /// <summary>Most groups that a column's values are divided into, from 2 to 256.</summary>
    public int MaximumBins { get; init; } = 256;

    /// <summary>
    /// K ≥ 2: one of K seeded folds is held out, and as many trees are kept as have the least loss there. Null: all trees are kept.
    /// </summary>
    public int? HeldOutFolds { get; init; }

    /// <summary>With <see cref="HeldOutFolds"/>: after so many trees without a smaller loss, at least 1, no more are grown.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Cluster of each row of the sample that is fitted, held out whole or not at all; empty for none.</summary>
    public ReadOnlyMemory<int> Clusters { get; init; }

    internal void Guard()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Trees, 1);
        Between(MaximumDepth, 1, DeepestTree, nameof(MaximumDepth));
        Between(MaximumBins, 2, 256, nameof(MaximumBins));
        Share(LearningRate, nameof(LearningRate));
        Share(RowShare, nameof(RowShare));
        Share(ColumnShare, nameof(ColumnShare));
        NotNegative(Lambda, nameof(Lambda));
        NotNegative(Gamma, nameof(Gamma));
        NotNegative(MinimumChildWeight, nameof(MinimumChildWeight));
        ArgumentOutOfRangeException.ThrowIfLessThan(HeldOutFolds ?? 2, 2, nameof(HeldOutFolds));
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
    }

    private static void Between(int value, int low, int high, string name)
    {
        if (value < low || value > high) throw new ArgumentOutOfRangeException(name, value, $"Between {low} and {high}.");
    }

    private static void Share(double value, string name)
    {
        if (value is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(name, value, "Above 0, at most 1.");
    }

    private static void NotNegative(double value, string name)
    {
        if (value is not (>= 0 and < double.PositiveInfinity)) throw new ArgumentOutOfRangeException(name, value, "Finite, at least 0.");
    }
}
