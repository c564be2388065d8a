using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Power;

/// <summary>
/// Estimand: none; by what factor a design's variance exceeds (or falls below) that of as many independent, equally weighted persons.
/// Formula: weights n Σw²/(Σw)² = n/ESS; clusters 1 + ((cv² + 1) m − 1) ICC for mean size m and coefficient of variation cv of sizes;
/// matched pairs 1 − r for a correlation r of outcomes within pairs. Factors of one design multiply.
/// Arguments: see the methods. Result: a factor above 0. Not estimable when: never. Ties, order, seed: none.
/// Source: Kish (1992), Journal of Official Statistics 8(2), p. 183–200; Eldridge, Ashby and Kerry (2006), International Journal of
/// Epidemiology 35(5), p. 1292–1300, eq. 1. Checked against: simulated variances in the tests.
/// </summary>
public static class VarianceInflation
{
    /// <summary>From weights.</summary>
    /// <param name="weights">Finite, at least 0; rows of weight 0 count as persons that are not there.</param>
    /// <returns>At least 1; 1 when no weight is positive.</returns>
    /// <exception cref="ArgumentException">A weight is negative, NaN or infinite.</exception>
    public static double FromWeights(ReadOnlySpan<double> weights)
    {
        RowGuards.Finite(weights, nameof(weights));
        RowGuards.NotNegative(weights, nameof(weights));
        var effective = EffectiveSampleSize.Of(weights);
        return effective > 0 ? (weights.Length - weights.Count(0.0)) / effective : 1;
    }

    /// <summary>From clusters that get the treatment whole.</summary>
    /// <param name="meanSize">Mean number of persons per cluster, at least 1.</param>
    /// <param name="intraclassCorrelation">Share of the outcome's variance that lies between clusters, in [0, 1].</param>
    /// <param name="sizeVariation">Standard deviation of cluster sizes over their mean, at least 0.</param>
    /// <returns>At least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    public static double FromClusters(double meanSize, double intraclassCorrelation, double sizeVariation = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(meanSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(sizeVariation);
        if (intraclassCorrelation is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(intraclassCorrelation), intraclassCorrelation, "It lies in [0, 1].");
        }

        return 1 + (((((sizeVariation * sizeVariation) + 1) * meanSize) - 1) * intraclassCorrelation);
    }

    /// <summary>From matching on what predicts the outcome.</summary>
    /// <param name="correlation">Correlation of outcomes within matched pairs, in [−1, 1).</param>
    /// <returns>Under 1 when matching helps.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The correlation is outside of its range.</exception>
    public static double FromMatching(double correlation)
    {
        if (correlation is not (>= -1 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "It lies in [−1, 1).");
        }

        return 1 - correlation;
    }
}
