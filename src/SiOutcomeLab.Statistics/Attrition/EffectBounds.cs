using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Attrition;

/// <summary>
/// Bounds on an effect when not all outcomes are observed. The interval holds the effect itself (not all of the bounds) with at least the
/// level, wherever between the bounds it lies: Imbens and Manski (2004), Econometrica 72(6), p. 1845–1857, eq. 7: C solves
/// Φ(C + (high − low)/max(s)) − Φ(−C) = level.
/// </summary>
public sealed class EffectBounds
{
    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>What must be true.</summary>
    public required BoundsAssumption Assumption { get; init; }

    /// <summary>Lowest effect that the data allow, in the outcome's unit.</summary>
    public required double Low { get; init; }

    /// <summary>Highest effect that the data allow.</summary>
    public required double High { get; init; }

    /// <summary>Standard error of the lower bound.</summary>
    public required double LowError { get; init; }

    /// <summary>Standard error of the upper bound.</summary>
    public required double HighError { get; init; }

    /// <summary>Confidence level of the interval.</summary>
    public required double Level { get; init; }

    /// <summary>Weighted share of treated rows whose outcome is observed.</summary>
    public required double ObservedTreated { get; init; }

    /// <summary>Weighted share of comparison rows whose outcome is observed.</summary>
    public required double ObservedComparison { get; init; }

    /// <summary>Share of the observed outcomes of one arm that was trimmed; 0 when none was.</summary>
    public double ShareTrimmed { get; init; }

    /// <summary>Lower end of the interval for the effect.</summary>
    public double ConfidenceLow => Low - (CriticalValue * LowError);

    /// <summary>Upper end of the interval for the effect.</summary>
    public double ConfidenceHigh => High + (CriticalValue * HighError);

    private double CriticalValue
    {
        get
        {
            var largest = Math.Max(LowError, HighError);
            if (largest == 0) return 0;
            var width = (High - Low) / largest;
            // At a low level the bounds alone hold the effect often enough.
            if (Normal.CDF(0, 1, width) - 0.5 >= Level) return 0;

            return BracketedRoot.Find(
                c => Normal.CDF(0, 1, c + width) - Normal.CDF(0, 1, -c) - Level, 0, Quantiles.NormalUpper((1 - Level) / 2) + 1e-9);
        }
    }
}
