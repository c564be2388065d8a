namespace SiOutcomeLab.Statistics.Panel;

/// <summary>A balanced panel: every unit observed in every period; covariates, weight and cluster do not change.</summary>
public sealed class PanelData
{
    /// <summary>Makes a panel from one outcome array per period; arrays are kept, not copied.</summary>
    /// <param name="periods">The periods, strictly ascending.</param>
    /// <param name="outcome">For each period, one finite number per unit.</param>
    /// <param name="firstTreated">First period of treatment per unit, or <see cref="PanelRows.NeverTreated"/>.</param>
    /// <param name="covariates">Covariates per unit from before treatment, without an intercept, or null.</param>
    /// <param name="weights">Positive sampling weight per unit, or empty for equal ones.</param>
    /// <param name="clusters">Cluster per unit, or empty.</param>
    /// <exception cref="ArgumentException">Lengths differ, periods do not ascend, or a number is not finite or not positive.</exception>
    public PanelData(
        int[] periods,
        double[][] outcome,
        int[] firstTreated,
        DesignMatrix? covariates = null,
        ReadOnlySpan<double> weights = default,
        ReadOnlySpan<int> clusters = default)
    {
        ArgumentNullException.ThrowIfNull(periods);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(firstTreated);
        RowGuards.SameLength(periods.Length, outcome.Length, nameof(outcome));
        for (var t = 0; t < periods.Length; t++)
        {
            if (t > 0 && periods[t] <= periods[t - 1]) throw new ArgumentException($"Period {t} does not come after the one before.", nameof(periods));
            RowGuards.SameLength(firstTreated.Length, outcome[t].Length, nameof(outcome));
            RowGuards.Finite(outcome[t], nameof(outcome));
        }

        if (covariates is not null) RowGuards.SameLength(firstTreated.Length, covariates.Rows, nameof(covariates));
        if (!clusters.IsEmpty) RowGuards.SameLength(firstTreated.Length, clusters.Length, nameof(clusters));
        (Periods, Outcome, FirstTreated, Covariates) = (periods, outcome, firstTreated, covariates);
        Weights = PanelGuards.Weights(weights, firstTreated.Length);
        Clusters = clusters.IsEmpty ? null : clusters.ToArray();
    }

    /// <summary>Number of units.</summary>
    public int Units => FirstTreated.Length;

    /// <summary>Number of units that were left out because they are not observed in every period.</summary>
    public int LeftOut { get; internal init; }

    internal int[] Periods { get; }

    internal double[][] Outcome { get; }

    internal int[] FirstTreated { get; }

    internal DesignMatrix? Covariates { get; }

    internal double[] Weights { get; }

    internal int[]? Clusters { get; }
}
