using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>
/// Baseline quantities of several plans of a method, in one municipality group and over one horizon, as one: each plan counts by its size, and
/// a person whom several plans use is one person to the error.
/// </summary>
/// <param name="Means">The pooled means; null when the plans have no measure in common.</param>
/// <param name="LeftOut">Measures that some of the plans do not have.</param>
internal sealed record PooledMeans(RowMeans? Means, IReadOnlyList<MeasureCode> LeftOut)
{
    /// <summary>Pools plans.</summary>
    /// <param name="plans">By plan, its quantities and its size: persons, or participants that a counterfactual is of.</param>
    public static PooledMeans Of(IReadOnlyList<(RowMeans Means, int Size)> plans)
    {
        var common = plans[0].Means.What.Where(w => plans.All(p => p.Means.What.Contains(w))).ToList();
        MeasureCode[] leftOut = [.. plans.SelectMany(p => p.Means.What).Where(w => !common.Contains(w)).Select(w => w.Measure).Distinct()];
        if (common.Count == 0) return new PooledMeans(null, leftOut);

        var shares = plans.Select(p => p.Size / (double)plans.Sum(q => q.Size)).ToArray();
        RowMeans[] parts = [.. plans.Select(p => p.Means.Only([.. common.Select(w => p.Means.What.ToList().IndexOf(w))]))];
        var means = new double[common.Count];
        for (var p = 0; p < parts.Length; p++)
        {
            for (var k = 0; k < means.Length; k++) means[k] += shares[p] * parts[p].Means[k];
        }

        var pooled = new RowMeans(
            common,
            means,
            [.. common.Select((_, k) => parts.SelectMany((part, p) => part.Influence[k].Select(v => v * shares[p])).ToArray())],
            [.. common.Select((_, k) => parts.SelectMany(part => part.Values[k]).ToArray())],
            [.. parts.SelectMany((part, p) => Shares(part.Weights, shares[p]))],
            Linked(parts),
            [.. parts.SelectMany(part => part.Person)],
            [.. parts.SelectMany(part => part.Municipality)]);
        return new PooledMeans(pooled, leftOut);
    }

    private static IEnumerable<double> Shares(double[] weights, double share)
    {
        var sum = weights.Sum();
        return weights.Select(w => w * share / sum);
    }

    // Clusters of one plan, and those of several that share a person, directly or through others.
    private static int[] Linked(RowMeans[] parts)
    {
        var (parent, offset) = (new List<int>(), 0);
        var firstOf = new Dictionary<PersonId, int>();
        var cluster = new List<int>();
        foreach (var part in parts)
        {
            var numbered = JointQuantities.Numbered(part.Cluster);
            parent.AddRange(Enumerable.Range(offset, numbered.Max() + 1));
            for (var i = 0; i < numbered.Length; i++)
            {
                var own = offset + numbered[i];
                cluster.Add(own);
                if (!firstOf.TryAdd(part.Person[i], own)) parent[Root(own)] = Root(firstOf[part.Person[i]]);
            }

            offset = parent.Count;
        }

        return [.. cluster.Select(Root)];

        int Root(int c)
        {
            while (parent[c] != c) c = parent[c] = parent[parent[c]];
            return c;
        }
    }
}
