namespace SiOutcomeLab.Statistics.Pooling.EffectSizes;

/// <summary>
/// Estimand: the common risk ratio, odds ratio or risk difference of several tables; holds its consistency with many small tables, and
/// needs no correction for zero cells.
/// Formula: with N persons per table, odds ratio Σ(ad/N) / Σ(bc/N), risk ratio Σ(a n₀/N) / Σ(c n₁/N), risk difference Σ(a n₀ − c n₁)/N over
/// Σ n₁n₀/N. Variances: Robins, Breslow and Greenland (log odds ratio), Greenland and Robins (log risk ratio), Sato, Greenland and Robins
/// (risk difference).
/// Arguments: see the methods.
/// Result: <see cref="CommonEffect"/>; ratios on the log scale. Q sums over the tables whose own ratio is finite (cells of 0 get ½ there).
/// Not estimable when: no table has events in a way that tells the ratio (a sum in the formula is 0).
/// Ties, order, seed: none.
/// Source: Mantel and Haenszel (1959), Journal of the National Cancer Institute 22(4), p. 719–748; Robins, Breslow and Greenland (1986),
/// Biometrics 42(2), p. 311–323; Greenland and Robins (1985), Biometrics 41(1), p. 55–68; Sato, Greenland and Robins (1989), Biometrics
/// 45(4), p. 1323–1324; Tarone (1985), Biometrika 72(1), p. 91–95.
/// Checked against: metafor 3.8-1 rma.mh (1e-10); the risk difference by a simulation.
/// </summary>
public static class MantelHaenszel
{
    /// <summary>The common log odds ratio.</summary>
    /// <param name="tables">One table per stratum.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>The common effect, or why there is none.</returns>
    public static Estimable<CommonEffect> LogOddsRatio(IReadOnlyList<TwoByTwo> tables, double level = 0.95)
    {
        Guard(tables, level);
        double r = 0, s = 0, pr = 0, cross = 0, qs = 0;
        foreach (var t in tables)
        {
            double a = t.TreatedEvents, b = t.TreatedOthers, c = t.ComparisonEvents, d = t.ComparisonOthers, n = t.Persons;
            double ad = a * d / n, bc = b * c / n, p = (a + d) / n, q = (b + c) / n;
            r += ad;
            s += bc;
            pr += p * ad;
            cross += (p * bc) + (q * ad);
            qs += q * bc;
        }

        if (!(r > 0 && s > 0)) return Refused("odds");
        var variance = ((pr / (r * r)) + (cross / (r * s)) + (qs / (s * s))) / 2;
        var estimate = Math.Log(r / s);
        var error = Math.Sqrt(variance);
        return Estimable.Of(CommonEffect.Of(estimate, error, Q(tables, t => t.LogOddsRatio(), estimate), tables.Count, level));
    }

    /// <summary>The common log risk ratio.</summary>
    /// <param name="tables">One table per stratum.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>The common effect, or why there is none.</returns>
    public static Estimable<CommonEffect> LogRiskRatio(IReadOnlyList<TwoByTwo> tables, double level = 0.95)
    {
        Guard(tables, level);
        double r = 0, s = 0, top = 0;
        foreach (var t in tables)
        {
            double a = t.TreatedEvents, c = t.ComparisonEvents, n1 = t.Treated, n0 = t.Comparison, n = t.Persons;
            r += a * n0 / n;
            s += c * n1 / n;
            top += ((n1 * n0 * t.Events) - (a * c * n)) / (n * n);
        }

        if (!(r > 0 && s > 0)) return Refused("risks");
        var estimate = Math.Log(r / s);
        var error = Math.Sqrt(top / (r * s));
        return Estimable.Of(CommonEffect.Of(estimate, error, Q(tables, t => t.LogRiskRatio(), estimate), tables.Count, level));
    }

    /// <summary>The common risk difference.</summary>
    /// <param name="tables">One table per stratum.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>The common effect, or why there is none.</returns>
    public static Estimable<CommonEffect> RiskDifference(IReadOnlyList<TwoByTwo> tables, double level = 0.95)
    {
        Guard(tables, level);
        double top = 0, weight = 0, p = 0, q = 0;
        foreach (var t in tables)
        {
            double a = t.TreatedEvents, c = t.ComparisonEvents, n1 = t.Treated, n0 = t.Comparison, n = t.Persons;
            top += ((a * n0) - (c * n1)) / n;
            weight += n1 * n0 / n;
            p += ((n1 * n1 * c) - (n0 * n0 * a) + (n1 * n0 * (n0 - n1) / 2)) / (n * n);
            q += ((a * (n0 - c)) + (c * (n1 - a))) / (2 * n);
        }

        var estimate = top / weight;
        var variance = ((estimate * p) + q) / (weight * weight);
        if (!(variance > 0)) return Refused("risks");
        var error = Math.Sqrt(variance);
        return Estimable.Of(CommonEffect.Of(estimate, error, Q(tables, t => t.RiskDifference(), estimate), tables.Count, level));
    }

    /// <summary>Peto's one-step log odds ratio, Σ(a − E) / ΣV: for rare events, small effects and groups of like size.</summary>
    /// <param name="tables">One table per stratum.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>The common effect, or why there is none.</returns>
    public static Estimable<CommonEffect> PetoLogOddsRatio(IReadOnlyList<TwoByTwo> tables, double level = 0.95)
    {
        Guard(tables, level);
        var excess = tables.Sum(t => t.TreatedEvents - t.ExpectedTreatedEvents);
        var variance = tables.Sum(t => t.HypergeometricVariance);
        if (!(variance > 0)) return Refused("odds");
        var telling = tables.Where(t => t.HypergeometricVariance > 0).ToArray();
        var q = telling.Sum(t => Square(t.TreatedEvents - t.ExpectedTreatedEvents) / t.HypergeometricVariance)
            - (excess * excess / variance);
        return Estimable.Of(CommonEffect.Of(excess / variance, 1 / Math.Sqrt(variance), q, telling.Length, level));
    }

    /// <summary>The Cochran–Mantel–Haenszel test that no table has an association, χ² with one degree of freedom.</summary>
    /// <param name="tables">One table per stratum.</param>
    /// <param name="continuityCorrection">Whether ½ is taken off the absolute excess.</param>
    /// <returns>The test, or why there is none.</returns>
    public static Estimable<ChiSquareTest> AssociationTest(IReadOnlyList<TwoByTwo> tables, bool continuityCorrection = true)
    {
        Guard(tables, 0.5);
        var excess = Math.Abs(tables.Sum(t => t.TreatedEvents - t.ExpectedTreatedEvents));
        var variance = tables.Sum(t => t.HypergeometricVariance);
        if (!(variance > 0)) return Refused("odds").Map(_ => new ChiSquareTest(0, 0, 1));
        var statistic = Square(continuityCorrection ? Math.Max(0, excess - 0.5) : excess) / variance;
        return Estimable.Of(new ChiSquareTest(statistic, 1, Distributions.ChiSquareUpper(statistic, 1)));
    }

    /// <summary>Tarone's correction of Breslow and Day's test that all tables have one odds ratio.</summary>
    /// <param name="tables">One table per stratum.</param>
    /// <returns>The test, or why there is none.</returns>
    public static Estimable<ChiSquareTest> HomogeneityTest(IReadOnlyList<TwoByTwo> tables) => LogOddsRatio(tables).Map(common =>
    {
        double sum = 0, excess = 0, total = 0;
        var count = 0;
        foreach (var t in tables.Where(t => t.Events > 0 && t.Events < t.Persons))
        {
            var expected = ExpectedAt(t, Math.Exp(common.Estimate));
            var spread = (1 / expected) + (1 / (t.Treated - expected)) + (1 / (t.Events - expected));
            var variance = 1 / (spread + (1 / (t.Comparison - t.Events + expected)));
            sum += Square(t.TreatedEvents - expected) / variance;
            excess += t.TreatedEvents - expected;
            total += variance;
            count++;
        }

        var statistic = sum - (excess * excess / total);
        return new ChiSquareTest(statistic, count - 1, Distributions.ChiSquareUpper(statistic, count - 1));
    });

    // The cell a with the table's margins and a given odds ratio: a(n₀ − m + a) = ψ(n₁ − a)(m − a), by the root that stays in range.
    private static double ExpectedAt(TwoByTwo t, double ratio)
    {
        var (n1, n0, m) = (t.Treated, t.Comparison, t.Events);
        var a = 1 - ratio;
        var b = n0 - m + (ratio * (n1 + m));
        var c = -ratio * n1 * m;
        // Written without the difference of near numbers that the schoolbook form has when ψ is near 1.
        return -2 * c / (b + Math.Sqrt((b * b) - (4 * a * c)));
    }

    private static double Q(IReadOnlyList<TwoByTwo> tables, Func<TwoByTwo, EffectSize> size, double common) =>
        tables.Select(size).Sum(effect => Square(effect.Estimate - common) / effect.Variance);

    private static double Square(double x) => x * x;

    private static Estimable<CommonEffect> Refused(string what) => Estimable.Not<CommonEffect>(
        NotEstimableReason.NoVariation, $"The tables hold no events, or all of them in one group: their {what} cannot be compared.");

    private static void Guard(IReadOnlyList<TwoByTwo> tables, double level)
    {
        ArgumentNullException.ThrowIfNull(tables);
        RowGuards.Level(level);
        if (tables.Count == 0) throw new ArgumentException("There is no table.", nameof(tables));
    }
}
