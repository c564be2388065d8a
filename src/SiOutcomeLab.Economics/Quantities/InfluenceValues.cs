using SiOutcomeLab.Economics.Money;

namespace SiOutcomeLab.Economics.Quantities;

/// <summary>
/// Each person's influence on each quantity, scaled so that its squares (over clusters, when there are any) sum to the quantity's variance:
/// √(Σφ²) is the standard error. A person who stands behind several quantities has the same place in all of them. Never released.
/// </summary>
public sealed class InfluenceValues : JointUncertainty
{
    // By quantity, then by cluster: a sum of quantities is a sum of these rows.
    private readonly double[][] _byCluster;

    /// <summary>Takes influence values.</summary>
    /// <param name="byQuantity">For each quantity one value per person, persons in the same order; 0 for who has no part in it.</param>
    /// <param name="clusters">For each person the number of the cluster (municipality, delivery group), from 0; null when each person is
    /// one.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite, or a cluster number is below 0.</exception>
    public InfluenceValues(IReadOnlyList<IReadOnlyList<double>> byQuantity, IReadOnlyList<int>? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(byQuantity);
        if (byQuantity.Count == 0) throw new ArgumentException("There must be at least one quantity.", nameof(byQuantity));
        var persons = byQuantity[0].Count;
        if (clusters is not null && (clusters.Count != persons || clusters.Any(c => c < 0)))
        {
            throw new ArgumentException("There must be one cluster number from 0 per person.", nameof(clusters));
        }

        var width = clusters is null ? persons : clusters.DefaultIfEmpty(-1).Max() + 1;
        _byCluster = new double[byQuantity.Count][];
        for (var k = 0; k < byQuantity.Count; k++)
        {
            if (byQuantity[k].Count != persons)
            {
                throw new ArgumentException($"Quantity {k} has another number of persons than the first.", nameof(byQuantity));
            }

            _byCluster[k] = new double[width];
            for (var i = 0; i < persons; i++)
            {
                if (!double.IsFinite(byQuantity[k][i]))
                {
                    throw new ArgumentException($"Quantity {k} has an influence that is not finite.", nameof(byQuantity));
                }

                _byCluster[k][clusters is null ? i : clusters[i]] += byQuantity[k][i];
            }
        }
    }

    private InfluenceValues(double[][] byCluster) => _byCluster = byCluster;

    internal override int Width => _byCluster.Length;

    internal override JointUncertainty InOrder(IReadOnlyList<int> order) => new InfluenceValues([.. order.Select(k => _byCluster[k])]);

    internal override double StandardErrorOf(int quantity) => Math.Sqrt(_byCluster[quantity].Sum(v => v * v));

    internal override MoneyEstimate Around(decimal sek, ReadOnlySpan<double> coefficients, double level)
    {
        var variance = 0.0;
        for (var c = 0; c < _byCluster[0].Length; c++)
        {
            var influence = 0.0;
            for (var k = 0; k < coefficients.Length; k++) influence += coefficients[k] * _byCluster[k][c];
            variance += influence * influence;
        }

        return Normal(sek, variance, level, IntervalKind.InfluenceFunction);
    }
}
