using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>
/// Estimand: none; it bounds the p-value of no effect on matched pairs when the odds of treatment within a pair may differ by a factor Γ.
/// Formula: T = Σ qᵢ over pairs with a positive difference, where qᵢ is the mid-rank of |dᵢ| (Wilcoxon) or |dᵢ| itself (permutational t).
/// With p = Γ/(1 + Γ) the upper bound takes E = p Σq, V = p(1 − p) Σq², z = (T − E)/√V, and 1 − Φ(z); the lower bound takes 1 − p for p.
/// For Wilcoxon also exactly: T is a sum of independent qᵢ · Bernoulli(p). The critical Γ solves (T − pS)² = z_α² p(1 − p) Q, with S = Σq
/// and Q = Σq², a quadratic in p.
/// Arguments: treated minus control outcome per pair, finite. Result: <see cref="RosenbaumBound"/>, one-sided for an effect above zero;
/// negate the differences for the other side.
/// Not estimable when: no pair differs.
/// Ties, order, seed: tied |d| share their mean rank; zeros as <see cref="ZeroDifferences"/> says; no randomness.
/// Source: Rosenbaum (2002), Observational Studies, 2nd ed., §4.3.3, eq. 4.10–4.13; exact form: §4.3.1.
/// Checked against: base R (1e-10). rbounds::psens differs on purpose: without ties its variance uses S(S + 1)(2(S + 1))/6 where Σ rank²
/// is S(S + 1)(2S + 1)/6, it rounds to 4 digits and ranks zeros; Σ rank² is right. In the tests: enumeration of all sign patterns.
/// </summary>
public sealed class RosenbaumSignedScore
{
    // Beyond it the normal approximation is good to far more digits than anybody reads, and the exact sum costs n³.
    private const int LargestExact = 200;

    private readonly double[] _scores;
    private readonly bool _ranks;
    private readonly double _sum;
    private readonly double _squares;

    private RosenbaumSignedScore(double[] scores, double statistic, bool ranks)
    {
        _scores = scores;
        _ranks = ranks;
        Statistic = statistic;
        CompensatedSum sum = default, squares = default;
        foreach (var score in scores)
        {
            sum.Add(score);
            squares.Add(score * score);
        }

        (_sum, _squares) = (sum.Value, squares.Value);
    }

    /// <summary>T: the sum of scores of pairs with a positive difference.</summary>
    public double Statistic { get; }

    /// <summary>Number of pairs that were scored.</summary>
    public int Pairs => _scores.Length;

    /// <summary>Wilcoxon's signed-rank test.</summary>
    /// <param name="differences">Treated minus control outcome per pair, finite.</param>
    /// <param name="zeros">What to do with pairs without a difference.</param>
    /// <returns>The test, to be asked at any Γ, or why there is none.</returns>
    /// <exception cref="ArgumentException">A difference is NaN or infinite.</exception>
    public static Estimable<RosenbaumSignedScore> SignedRank(
        ReadOnlySpan<double> differences, ZeroDifferences zeros = ZeroDifferences.Drop)
    {
        if (Refusal(differences) is { } refusal) return Estimable.Not<RosenbaumSignedScore>(refusal.Reason, refusal.Detail);

        var kept = differences.ToArray();
        if (zeros == ZeroDifferences.Drop) kept = Array.FindAll(kept, d => d != 0);
        var ranks = MidRanks(kept);
        CompensatedSum statistic = default;
        for (var i = 0; i < kept.Length; i++)
        {
            if (kept[i] > 0) statistic.Add(ranks[i]);
        }

        return Estimable.Of(new RosenbaumSignedScore(ranks, statistic.Value, ranks: true));
    }

    /// <summary>The permutational t test, in which each pair's score is the size of its difference.</summary>
    /// <param name="differences">Treated minus control outcome per pair, finite.</param>
    /// <returns>The test, to be asked at any Γ, or why there is none.</returns>
    /// <exception cref="ArgumentException">A difference is NaN or infinite.</exception>
    public static Estimable<RosenbaumSignedScore> PermutationT(ReadOnlySpan<double> differences)
    {
        if (Refusal(differences) is { } refusal) return Estimable.Not<RosenbaumSignedScore>(refusal.Reason, refusal.Detail);

        var scores = new double[differences.Length];
        CompensatedSum statistic = default;
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Abs(differences[i]);
            if (differences[i] > 0) statistic.Add(differences[i]);
        }

        return Estimable.Of(new RosenbaumSignedScore(scores, statistic.Value, ranks: false));
    }

    /// <summary>The bounds at one Γ, by the normal approximation.</summary>
    /// <param name="gamma">Γ, at least 1 and finite.</param>
    /// <returns>The bounds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Γ is under 1 or not finite.</exception>
    public RosenbaumBound At(double gamma)
    {
        Guard(gamma);
        var upper = Standardised(gamma);
        var lower = Standardised(1 / gamma);
        return new RosenbaumBound(gamma, Normal.CDF(0, 1, -upper), Normal.CDF(0, 1, -lower), upper, lower);
    }

    /// <summary>The bounds at one Γ, exactly; for few pairs, where the normal approximation is coarse.</summary>
    /// <param name="gamma">Γ, at least 1 and finite.</param>
    /// <returns>The bounds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Γ is under 1 or not finite.</exception>
    /// <exception cref="InvalidOperationException">The scores are not ranks, or there are more than 200 pairs.</exception>
    public RosenbaumBound Exactly(double gamma)
    {
        Guard(gamma);
        if (!_ranks || _scores.Length > LargestExact)
        {
            throw new InvalidOperationException($"Exact bounds are for signed ranks of at most {LargestExact} pairs.");
        }

        return new RosenbaumBound(gamma, UpperTail(gamma / (1 + gamma)), UpperTail(1 / (1 + gamma)));
    }

    /// <summary>The Γ at which the largest p-value reaches a level: what bias it takes to lose significance.</summary>
    /// <param name="alpha">One-sided level, in (0, 0.5).</param>
    /// <returns>Γ, at least 1; null when the test is not significant even without bias.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside of (0, 0.5).</exception>
    public double? CriticalGamma(double alpha = 0.05)
    {
        if (alpha is not (> 0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The level lies between 0 and 0.5.");

        var z = Quantiles.NormalUpper(alpha);
        var noise = z * z * _squares;
        var (a, b) = ((_sum * _sum) + noise, (2 * Statistic * _sum) + noise);
        // The smaller root is the one with T above its expectation.
        var p = 2 * Statistic * Statistic / (b + Math.Sqrt((b * b) - (4 * a * Statistic * Statistic)));
        return p < 0.5 ? null : p / (1 - p);
    }

    internal static double[] MidRanks(double[] values)
    {
        var sizes = Array.ConvertAll(values, Math.Abs);
        var order = Enumerable.Range(0, sizes.Length).ToArray();
        Array.Sort((double[])sizes.Clone(), order);
        var ranks = new double[sizes.Length];
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && sizes[order[to]] == sizes[order[from]];) to++;
            for (var k = from; k < to; k++) ranks[order[k]] = (from + to + 1) / 2.0;
        }

        return ranks;
    }

    internal static void Guard(double gamma)
    {
        if (gamma is not (>= 1 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "Γ is at least 1 and finite.");
        }
    }

    private static (NotEstimableReason Reason, string Detail)? Refusal(ReadOnlySpan<double> differences)
    {
        RowGuards.Finite(differences, nameof(differences));
        return differences.ContainsAnyExcept(0.0)
            ? null
            : (NotEstimableReason.NoVariation, $"The outcomes are equal in all of {differences.Length} pairs.");
    }

    // (T − pS)/√(p(1 − p)Q) for p = odds/(1 + odds), written so that large odds take no digits.
    private double Standardised(double odds) => (Statistic - (odds * (_sum - Statistic))) / Math.Sqrt(odds * _squares);

    // Mid-ranks are halves, so doubled ranks are whole numbers and the sum's distribution is a table.
    private double UpperTail(double p)
    {
        var probability = new double[_scores.Length * (_scores.Length + 1) + 1];
        probability[0] = 1;
        var reached = 0;
        foreach (var score in _scores)
        {
            var step = (int)Math.Round(2 * score);
            reached += step;
            for (var sum = reached; sum >= 0; sum--)
            {
                probability[sum] = ((1 - p) * probability[sum]) + (sum >= step ? p * probability[sum - step] : 0);
            }
        }

        CompensatedSum tail = default;
        for (var sum = reached; sum >= (int)Math.Round(2 * Statistic); sum--) tail.Add(probability[sum]);
        return Math.Min(1, tail.Value);
    }
}
