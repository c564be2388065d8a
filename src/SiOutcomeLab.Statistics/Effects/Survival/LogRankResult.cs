namespace SiOutcomeLab.Statistics.Effects.Survival;

/// <summary>Whether two groups have events at the same pace.</summary>
public sealed class LogRankResult
{
    /// <summary>Events among treated rows.</summary>
    public required int ObservedTreated { get; init; }

    /// <summary>Events among treated rows to be expected if both arms had one hazard.</summary>
    public required double ExpectedTreated { get; init; }

    /// <summary>Events among comparison rows.</summary>
    public required int ObservedComparison { get; init; }

    /// <summary>Events among comparison rows to be expected if both arms had one hazard.</summary>
    public required double ExpectedComparison { get; init; }

    /// <summary>Hypergeometric variance of observed less expected.</summary>
    public required double Variance { get; init; }

    /// <summary>(observed − expected)² / variance.</summary>
    public required double ChiSquare { get; init; }

    /// <summary>Two-sided p-value by χ² with one degree of freedom.</summary>
    public required double PValue { get; init; }
}
