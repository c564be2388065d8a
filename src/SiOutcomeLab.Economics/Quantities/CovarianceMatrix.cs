using SiOutcomeLab.Economics.Money;

namespace SiOutcomeLab.Economics.Quantities;

/// <summary>The covariance of the quantities, as the caller found it.</summary>
public sealed class CovarianceMatrix : JointUncertainty
{
    private readonly double[,] _values;

    /// <summary>Takes a covariance matrix.</summary>
    /// <param name="values">Symmetric; row and column k belong to the quantity at place k; the diagonal holds the squared standard
    /// errors.</param>
    /// <exception cref="ArgumentException">Not square, not symmetric, not finite, a variance below zero, or a correlation beyond
    /// 1.</exception>
    public CovarianceMatrix(double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var size = values.GetLength(0);
        if (size != values.GetLength(1)) throw new ArgumentException("A covariance matrix is square.", nameof(values));
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                // NaN compares false with everything, and so is not sound.
                var limit = Math.Sqrt(values[i, i] * values[j, j]) * (1 + 1e-9);
                var sound = values[i, i] >= 0
                    && double.IsFinite(limit)
                    && Math.Abs(values[i, j] - values[j, i]) <= limit * 1e-9
                    && Math.Abs(values[i, j]) <= limit;
                if (!sound)
                {
                    throw new ArgumentException($"Row {i}, column {j}: not a covariance matrix there.", nameof(values));
                }
            }
        }

        _values = (double[,])values.Clone();
    }

    internal override int Width => _values.GetLength(0);

    /// <summary>The covariance when no two quantities share a person, which the caller must know.</summary>
    /// <param name="standardErrors">The standard errors, in the quantities' order.</param>
    public static CovarianceMatrix WithoutSharedPersons(IReadOnlyList<double> standardErrors)
    {
        ArgumentNullException.ThrowIfNull(standardErrors);
        var values = new double[standardErrors.Count, standardErrors.Count];
        for (var k = 0; k < standardErrors.Count; k++) values[k, k] = standardErrors[k] * standardErrors[k];
        return new CovarianceMatrix(values);
    }

    internal override JointUncertainty InOrder(IReadOnlyList<int> order)
    {
        var values = new double[order.Count, order.Count];
        for (var i = 0; i < order.Count; i++)
        {
            for (var j = 0; j < order.Count; j++) values[i, j] = _values[order[i], order[j]];
        }

        return new CovarianceMatrix(values);
    }

    internal override double StandardErrorOf(int quantity) => Math.Sqrt(_values[quantity, quantity]);

    internal override MoneyEstimate Around(decimal sek, ReadOnlySpan<double> coefficients, double level)
    {
        var variance = 0.0;
        for (var i = 0; i < coefficients.Length; i++)
        {
            for (var j = 0; j < coefficients.Length; j++) variance += coefficients[i] * _values[i, j] * coefficients[j];
        }

        return Normal(sek, variance, level, IntervalKind.Covariance);
    }
}
