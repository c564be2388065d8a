namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>What entropy balancing balances beside covariate means, and from which weights it starts.</summary>
public sealed record EntropyBalancingOptions
{
    /// <summary>1: means; 2: variances of continuous covariates as well; 3: skewness as well.</summary>
    public int Moments { get; init; } = 1;

    /// <summary>Pairs of covariates, by name, whose product's mean is balanced as well.</summary>
    public IReadOnlyList<(string First, string Second)> Interactions { get; init; } = [];

    /// <summary>
    /// Weights to stay as near to as balance allows, one per row, at least 0; empty for equal ones. Rows that are not reweighted ignore
    /// theirs.
    /// </summary>
    public ReadOnlyMemory<double> BaseWeights { get; init; }

    /// <summary>Most threads, or null for the machine's; the weights do not depend on it.</summary>
    public int? Threads { get; init; }

    /// <summary>What is wrong with these options for some covariates, or null.</summary>
    internal string? Fault(DesignMatrix x)
    {
        if (Moments is < 1 or > 3) return $"One, two or three moments are balanced, not {Moments}.";
        if (BaseWeights.IsEmpty) return null;
        if (BaseWeights.Length != x.Rows) return $"There are {BaseWeights.Length} base weights for {x.Rows} rows.";
        var weights = BaseWeights.Span;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && double.IsFinite(weights[i]))) return $"The base weight in row {i} is negative, NaN or infinite.";
        }

        return null;
    }
}
