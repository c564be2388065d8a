using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Estimates of one kind of effect from several sources, each with its sampling variance (taken as known), and possibly moderators that
/// may explain why they differ. Estimates that share persons come with the whole covariance matrix of their sampling errors.
/// </summary>
public sealed class EstimateSet
{
    private readonly double[] _estimates;
    private readonly double[] _variances;
    private readonly double[] _covariance;
    private readonly Lazy<SymmetricEigen?> _eigen;

    private EstimateSet(double[] estimates, double[] variances, double[] covariance, DesignMatrix? moderators)
    {
        (_estimates, _variances, _covariance, Moderators) = (estimates, variances, covariance, moderators);
        _eigen = new(() => SymmetricEigen.TryDecompose(covariance, estimates.Length));
    }

    /// <summary>Number of estimates, k.</summary>
    public int Count => _estimates.Length;

    /// <summary>The estimates, in the effect's unit.</summary>
    public ReadOnlySpan<double> Estimates => _estimates;

    /// <summary>Their sampling variances.</summary>
    public ReadOnlySpan<double> Variances => _variances;

    /// <summary>Covariance of the sampling errors, row-major k × k; empty when the estimates are independent.</summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>True when the estimates came with a covariance matrix.</summary>
    public bool IsCorrelated => _covariance.Length > 0;

    /// <summary>What may explain differences between the effects, one row per estimate; null for none.</summary>
    public DesignMatrix? Moderators { get; }

    internal SymmetricEigen? Eigen => _eigen.Value;

    /// <summary>Independent estimates: no person counts in two of them.</summary>
    /// <param name="estimates">k finite numbers.</param>
    /// <param name="variances">k positive, finite sampling variances (squared standard errors).</param>
    /// <param name="moderators">One row per estimate, without intercept; null for none.</param>
    /// <returns>The set; values are copied.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a number is NaN or infinite, or a variance is not positive.</exception>
    public static EstimateSet Independent(
        ReadOnlySpan<double> estimates, ReadOnlySpan<double> variances, DesignMatrix? moderators = null)
    {
        RowGuards.SameLength(estimates.Length, variances.Length, nameof(variances));
        Guard(estimates, moderators);
        GuardVariances(variances);
        return new EstimateSet(estimates.ToArray(), variances.ToArray(), [], moderators);
    }

    /// <summary>Estimates whose sampling errors are correlated, for instance because they share comparison persons.</summary>
    /// <param name="estimates">k finite numbers.</param>
    /// <param name="covariance">Row-major k × k, symmetric, with a positive diagonal; see <see cref="SharedCovariance"/>.</param>
    /// <param name="moderators">One row per estimate, without intercept; null for none.</param>
    /// <returns>The set; values are copied.</returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, a number is NaN or infinite, a variance is not positive, or the matrix is not symmetric.
    /// </exception>
    public static EstimateSet Correlated(
        ReadOnlySpan<double> estimates, ReadOnlySpan<double> covariance, DesignMatrix? moderators = null)
    {
        var k = estimates.Length;
        RowGuards.SameLength(k * k, covariance.Length, nameof(covariance));
        Guard(estimates, moderators);
        RowGuards.Finite(covariance, nameof(covariance));
        var variances = new double[k];
        for (var i = 0; i < k; i++) variances[i] = covariance[(i * k) + i];
        GuardVariances(variances);
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var gap = Math.Abs(covariance[(i * k) + j] - covariance[(j * k) + i]);
                if (gap > 1e-10 * Math.Sqrt(variances[i] * variances[j]))
                {
                    throw new ArgumentException($"'covariance' is not symmetric in row {i}, column {j}.", nameof(covariance));
                }
            }
        }

        return new EstimateSet(estimates.ToArray(), variances, covariance.ToArray(), moderators);
    }

    /// <summary>The set without one of its estimates.</summary>
    /// <param name="index">Number of the estimate to leave out, from 0.</param>
    /// <returns>A new set of k − 1 estimates, in the same order.</returns>
    public EstimateSet Without(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        var rows = new int[Count - 1];
        for (var i = 0; i < rows.Length; i++) rows[i] = i < index ? i : i + 1;
        return Select(rows);
    }

    internal EstimateSet WithoutModerators() => new(_estimates, _variances, _covariance, null);

    internal EstimateSet WithModerators(DesignMatrix moderators) => new(_estimates, _variances, _covariance, moderators);

    private EstimateSet Select(int[] rows)
    {
        var k = Count;
        double[] covariance = [];
        if (IsCorrelated)
        {
            covariance = new double[rows.Length * rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = 0; j < rows.Length; j++) covariance[(i * rows.Length) + j] = _covariance[(rows[i] * k) + rows[j]];
            }
        }

        return new EstimateSet(
            [.. rows.Select(i => _estimates[i])], [.. rows.Select(i => _variances[i])], covariance, Moderators?.SelectRows(rows));
    }

    private static void Guard(ReadOnlySpan<double> estimates, DesignMatrix? moderators)
    {
        RowGuards.Finite(estimates, nameof(estimates));
        if (moderators is not null) RowGuards.SameLength(estimates.Length, moderators.Rows, nameof(moderators));
    }

    private static void GuardVariances(ReadOnlySpan<double> variances)
    {
        RowGuards.Finite(variances, nameof(variances));
        for (var i = 0; i < variances.Length; i++)
        {
            if (variances[i] <= 0) throw new ArgumentException($"'variances' is not positive in row {i}.", nameof(variances));
        }
    }
}
