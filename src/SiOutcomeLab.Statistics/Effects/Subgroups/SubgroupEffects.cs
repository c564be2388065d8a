using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Effects.Subgroups;

/// <summary>Estimates the effect in some of the rows.</summary>
/// <param name="rows">Row numbers of one subgroup, ascending.</param>
/// <returns>
/// The effect; its influence values are either one per row of the subgroup, in that order, or one per row of the whole sample, as when
/// scores were estimated on all.
/// </returns>
public delegate Estimable<EffectResult> SubgroupEstimator(ReadOnlyMemory<int> rows);

/// <summary>
/// Estimand: the effect within each of some subgroups that were named before outcomes were looked at, and whether effects differ between
/// them. A subgroup's effect alone says nothing about a difference: the test does.
/// Formula: with τ the vector of effects, V its covariance Σ over clusters of summed influence values, and C the differences to the first:
/// W = (Cτ)'(CVC')⁻¹Cτ.
/// Arguments: see <see cref="Estimate"/>.
/// Result: <see cref="SubgroupResult"/>, every subgroup in it, in order of codes.
/// Not estimable when: a subgroup has fewer rows in an arm than asked for, or its estimator refuses (told per subgroup); the test with
/// fewer than two estimable subgroups, no more clusters than subgroups, or effects whose covariance is singular.
/// Ties, order, seed: none beyond the estimator's.
/// Source: Wang et al. (2007), New England Journal of Medicine 357(21), p. 2189–2194 (reporting); Wald's test: Wooldridge (2010),
/// Econometric Analysis of Cross Section and Panel Data, 2nd ed., §12.6.
/// Checked against: the product term of a regression with R's definitions of HC0 (two subgroups), and simulation under the null, in the
/// tests.
/// </summary>
public static class SubgroupEffects
{
    /// <summary>Estimates the effect in every subgroup and compares them.</summary>
    /// <param name="subgroups">The subgroup's code per row; negative for rows in none.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="estimator">Estimates one subgroup's effect; not asked where there are too few rows.</param>
    /// <param name="clusters">Person or delivery group per row as the estimator had them, or empty.</param>
    /// <param name="options">Minimum numbers, or null for the standard.</param>
    /// <returns>All subgroups and the test.</returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, the estimator's influence values fit no set of rows, or an option is out of range.
    /// </exception>
    public static SubgroupResult Estimate(
        ReadOnlySpan<int> subgroups,
        ReadOnlySpan<bool> treated,
        SubgroupEstimator estimator,
        ReadOnlySpan<int> clusters = default,
        SubgroupOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        options ??= new SubgroupOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinimumPerArm, 2, nameof(options));
        RowGuards.SameLength(subgroups.Length, treated.Length, nameof(treated));
        if (!clusters.IsEmpty) RowGuards.SameLength(subgroups.Length, clusters.Length, nameof(clusters));

        var rows = new SortedDictionary<int, List<int>>();
        for (var i = 0; i < subgroups.Length; i++)
        {
            if (subgroups[i] < 0) continue;
            if (!rows.TryGetValue(subgroups[i], out var own)) rows.Add(subgroups[i], own = []);
            own.Add(i);
        }

        List<SubgroupEffect> effects = [];
        foreach (var (code, own) in rows)
        {
            var inside = 0;
            foreach (var i in own) inside += treated[i] ? 1 : 0;
            effects.Add(new SubgroupEffect(code, inside, own.Count - inside, One([.. own], inside, subgroups.Length, estimator, options)));
        }

        SubgroupEffect[] estimated = [.. effects.Where(effect => effect.Effect is Estimated<EffectResult>)];
        EffectResult[] values = [.. estimated.Select(effect => ((Estimated<EffectResult>)effect.Effect).Value)];
        var covariance = Covariance(values, clusters);
        int[] codes = [.. estimated.Select(effect => effect.Subgroup)];
        return new SubgroupResult
        {
            Subgroups = effects,
            Estimated = codes,
            Covariance = covariance,
            Interaction = Compare(values, codes, covariance, clusters)
        };
    }

    private static Estimable<EffectResult> One(int[] rows, int treated, int all, SubgroupEstimator estimator, SubgroupOptions options)
    {
        if (Math.Min(treated, rows.Length - treated) < options.MinimumPerArm) return TooFew(treated, rows.Length - treated, options);

        return estimator(rows).Then(effect => Math.Min(effect.TreatedUsed, effect.ComparisonUsed) < options.MinimumPerArm
            ? TooFew(effect.TreatedUsed, effect.ComparisonUsed, options)
            : Estimable.Of(WithAllRows(effect, rows, all)));
    }

    private static Estimable<EffectResult> TooFew(int treated, int comparison, SubgroupOptions options) => Estimable.Not<EffectResult>(
        NotEstimableReason.TooFewObservations,
        $"{treated} treated and {comparison} comparison rows can be used, where {options.MinimumPerArm} of each are asked for.");

    private static EffectResult WithAllRows(EffectResult effect, int[] rows, int all)
    {
        if (effect.InfluenceValues.Length == all) return effect;
        if (effect.InfluenceValues.Length != rows.Length)
        {
            throw new ArgumentException(
                $"The estimator gave {effect.InfluenceValues.Length} influence values for {rows.Length} rows.", nameof(effect));
        }

        var influence = new double[all];
        var clusters = new int[effect.Clusters.Length == 0 ? 0 : all];
        // A row of no subgroup is in no cluster.
        Array.Fill(clusters, -1);
        for (var k = 0; k < rows.Length; k++)
        {
            influence[rows[k]] = effect.InfluenceValues.Span[k];
            if (clusters.Length > 0) clusters[rows[k]] = effect.Clusters.Span[k];
        }

        return effect.Restated(
            effect.Method, new(effect.StandardError, effect.StandardErrorType, effect.DegreesOfFreedom), influence, clusters,
            effect.Alternatives);
    }

    private static double[] Covariance(EffectResult[] effects, ReadOnlySpan<int> clusters)
    {
        var sums = new double[effects.Length][];
        for (var k = 0; k < sums.Length; k++) sums[k] = Units(effects[k].InfluenceValues.Span, clusters);
        var covariance = new double[effects.Length * effects.Length];
        for (var k = 0; k < effects.Length; k++)
        {
            for (var m = 0; m <= k; m++)
            {
                CompensatedSum sum = default;
                for (var i = 0; i < sums[k].Length; i++) sum.Add(sums[k][i] * sums[m][i]);
                covariance[(k * effects.Length) + m] = covariance[(m * effects.Length) + k] = sum.Value;
            }
        }

        return covariance;
    }

    private static double[] Units(ReadOnlySpan<double> influence, ReadOnlySpan<int> clusters)
    {
        if (clusters.IsEmpty) return influence.ToArray();

        var codes = new Dictionary<int, int>();
        var sums = new List<double>();
        for (var i = 0; i < influence.Length; i++)
        {
            if (!codes.TryGetValue(clusters[i], out var code))
            {
                codes.Add(clusters[i], code = sums.Count);
                sums.Add(0);
            }

            sums[code] += influence[i];
        }

        return [.. sums];
    }

    private static Estimable<InteractionTest> Compare(EffectResult[] effects, int[] codes, double[] covariance, ReadOnlySpan<int> clusters)
    {
        var k = effects.Length;
        if (k < 2)
        {
            return Estimable.Not<InteractionTest>(
                NotEstimableReason.TooFewObservations, $"{k} of the subgroups can be estimated; a comparison needs two.");
        }

        var free = clusters.IsEmpty ? double.PositiveInfinity : new HashSet<int>(clusters.ToArray()).Count - 1.0;
        if (free < k - 1)
        {
            return Estimable.Not<InteractionTest>(
                NotEstimableReason.TooFewObservations, $"{free + 1} clusters cannot compare {k} subgroups.");
        }

        var differences = new double[k - 1];
        var spread = new double[(k - 1) * (k - 1)];
        for (var a = 1; a < k; a++)
        {
            differences[a - 1] = effects[a].Estimate - effects[0].Estimate;
            for (var b = 1; b < k; b++)
            {
                spread[((a - 1) * (k - 1)) + b - 1] = covariance[(a * k) + b] - covariance[a * k] - covariance[b] + covariance[0];
            }
        }

        if (Cholesky.TryFactor(spread, k - 1, 1e-10) is not { } factor)
        {
            return Estimable.Not<InteractionTest>(
                NotEstimableReason.TooFewObservations,
                "The subgroups' effects depend on each other without remainder, as when few clusters reach over all.");
        }

        var statistic = LaneSum.Dot(differences, factor.Solve(differences));
        var p = double.IsPositiveInfinity(free)
            ? UpperTails.ChiSquared(statistic, k - 1)
            : UpperTails.F(statistic / (k - 1), k - 1, free);
        return Estimable.Of(new InteractionTest(statistic, k - 1, free, p, codes));
    }
}
