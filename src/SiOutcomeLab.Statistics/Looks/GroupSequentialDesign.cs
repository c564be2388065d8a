using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Looks;

/// <summary>
/// Estimand: none; it gives the bounds at which an effect may be called at each of several looks without exceeding the error rate.
/// Formula: bound bₖ solves P(b₁, …, bₖ₋₁ not crossed, Zₖ ≥ bₖ) = error spent at look k (spending functions), or bₖ = C tₖ^{Δ−½} with C
/// such that all crossings add up to α (Wang–Tsiatis; Δ = ½ Pocock, Δ = 0 O'Brien–Fleming). Two-sided bounds are ±bₖ with half the error
/// on each side. Probabilities by recursive integration over the density of Z among the paths that go on.
/// Arguments: information fractions t₁ &lt; t₂ &lt; …, above 0; the last may be under 1 while looks remain, or above 1 after overrunning.
/// Result: bounds on Z, error spent, nominal levels, crossing probabilities at any drift η = effect × √(information at t = 1).
/// Not estimable when: never. Ties, order, seed: no randomness.
/// Source: Jennison and Turnbull (2000), Group Sequential Methods, ch. 2, 7 and 19; Lan and DeMets (1983), Biometrika 70(3), p. 659–663;
/// Wang and Tsiatis (1987), Biometrics 43(1), p. 193–199.
/// Checked against: Jennison and Turnbull's tables 2.1 and 2.3, rpact's documented values (1e-6), SAS SEQDESIGN's example, simulation.
/// </summary>
public sealed class GroupSequentialDesign
{
    private const double LargestBound = 38;

    private readonly double[] _fractions;
    private readonly double[] _bounds;
    private readonly double[] _spent;
    private readonly AlphaSpending? _spending;
    private readonly double _shape;

    private GroupSequentialDesign(
        string method, double[] fractions, double[] bounds, double[] spent, double alpha, bool twoSided, AlphaSpending? spending,
        double shape)
    {
        (Method, _fractions, _bounds, _spent, Alpha, TwoSided) = (method, fractions, bounds, spent, alpha, twoSided);
        (_spending, _shape) = (spending, shape);
    }

    /// <summary>Name of the method.</summary>
    public string Method { get; }

    /// <summary>Error rate over all looks, both sides together.</summary>
    public double Alpha { get; }

    /// <summary>True when an effect in either direction may be called.</summary>
    public bool TwoSided { get; }

    /// <summary>Number of looks.</summary>
    public int Looks => _fractions.Length;

    /// <summary>Information fraction per look.</summary>
    public IReadOnlyList<double> Fractions => _fractions;

    /// <summary>Bound on |Z| (two-sided) or Z (one-sided) per look; infinite where nothing can be spent yet.</summary>
    public IReadOnlyList<double> Bounds => _bounds;

    /// <summary>Error spent up to and with each look, both sides together.</summary>
    public IReadOnlyList<double> Spent => _spent;

    /// <summary>p-value that each look asks for: two-sided for a two-sided plan.</summary>
    public IReadOnlyList<double> NominalLevels => [.. _bounds.Select(bound => (TwoSided ? 2 : 1) * Normal.CDF(0, 1, -bound))];

    /// <summary>Bounds from a spending function; only the fractions so far are needed.</summary>
    /// <param name="fractions">Information fractions of the looks so far (or planned), rising, above 0.</param>
    /// <param name="spending">Spending function.</param>
    /// <param name="alpha">Error rate over all looks, both sides together, in (0, 1).</param>
    /// <param name="twoSided">True for bounds on both sides, each spending α/2.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">Fractions are missing or do not rise, or the error rate is outside of its range.</exception>
    public static GroupSequentialDesign LanDeMets(
        IReadOnlyList<double> fractions, AlphaSpending spending, double alpha = 0.05, bool twoSided = true)
    {
        ArgumentNullException.ThrowIfNull(spending);
        var t = Guard(fractions, alpha);
        var side = twoSided ? alpha / 2 : alpha;
        double[] spent = [.. t.Select(fraction => spending.Spent(side, fraction))];
        return new GroupSequentialDesign(
            $"Lan–DeMets, {spending.Name}", t, Solve(t, spent, twoSided), [.. spent.Select(s => twoSided ? 2 * s : s)], alpha, twoSided,
            spending, 0);
    }

    /// <summary>Wang and Tsiatis' bounds; every fraction must be known beforehand.</summary>
    /// <param name="fractions">Information fractions of all looks, rising, above 0; the last is the end.</param>
    /// <param name="shape">Δ: 0 for O'Brien–Fleming, ½ for Pocock.</param>
    /// <param name="alpha">Error rate over all looks, both sides together, in (0, 1).</param>
    /// <param name="twoSided">True for bounds on both sides.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">Fractions are missing or do not rise, or a number is outside of its range.</exception>
    public static GroupSequentialDesign WangTsiatis(
        IReadOnlyList<double> fractions, double shape, double alpha = 0.05, bool twoSided = true)
    {
        var t = Guard(fractions, alpha);
        if (!double.IsFinite(shape)) throw new ArgumentOutOfRangeException(nameof(shape), shape, "Δ must be finite.");
        double[] Scaled(double constant) => [.. t.Select(fraction => constant * Math.Pow(fraction / t[^1], shape - 0.5))];
        var side = twoSided ? alpha / 2 : alpha;
        var constant = BracketedRoot.Find(
            c => Cross(t, Scaled(c), twoSided, 0).TotalUpper - side, twoSided ? 0 : Quantiles.NormalUpper(side), LargestBound, 1e-12);
        var bounds = Scaled(constant);
        var crossing = Cross(t, bounds, twoSided, 0);
        var spent = new double[t.Length];
        for (var k = 0; k < spent.Length; k++) spent[k] = (k == 0 ? 0 : spent[k - 1]) + crossing.Upper[k] + crossing.Lower[k];
        var name = shape switch { 0 => "O'Brien–Fleming", 0.5 => "Pocock", _ => FormattableString.Invariant($"Wang–Tsiatis, Δ = {shape}") };
        return new GroupSequentialDesign(name, t, bounds, spent, alpha, twoSided, null, shape);
    }

    /// <summary>What happens at a true effect.</summary>
    /// <param name="drift">η: the effect divided by its standard error at full information.</param>
    /// <returns>Crossing probabilities per look.</returns>
    public LookProbabilities At(double drift) => Cross(_fractions, _bounds, TwoSided, drift);

    /// <summary>The drift at which the plan has a given power; its square over the fixed plan's is the price of looking.</summary>
    /// <param name="power">Probability of crossing the upper bound, between the one-sided error rate and 1.</param>
    /// <returns>η.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The power is outside of its range.</exception>
    public double DriftForPower(double power)
    {
        var side = TwoSided ? Alpha / 2 : Alpha;
        if (!(power > side && power < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(power), power, "Power lies between the error rate and 1.");
        }

        return BracketedRoot.Find(drift => At(drift).TotalUpper - power, 0, 100, 1e-10);
    }

    /// <summary>The information that this plan needs at most, relative to a plan with one look.</summary>
    /// <param name="power">Power, as in <see cref="DriftForPower"/>.</param>
    /// <returns>At least 1.</returns>
    public double InflationFactor(double power)
    {
        var one = Quantiles.NormalUpper(TwoSided ? Alpha / 2 : Alpha) + Quantiles.NormalUpper(1 - power);
        var many = DriftForPower(power);
        return many * many * _fractions[^1] / (one * one);
    }

    /// <summary>The interval to show at a look: whatever the looks, all of them hold the truth with probability 1 − α.</summary>
    /// <param name="look">Number of the look, from 1.</param>
    /// <param name="estimate">The estimate then.</param>
    /// <param name="standardError">Its standard error then, at least 0.</param>
    /// <returns>Lower and upper end, infinite where the look has nothing to spend; a one-sided plan has no upper end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such look, or the error is negative.</exception>
    public (double Low, double High) RepeatedInterval(int look, double estimate, double standardError)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(standardError);
        var width = BoundOf(look) * standardError;
        return (estimate - width, TwoSided ? estimate + width : double.PositiveInfinity);
    }

    /// <summary>The repeated p-value: the smallest error rate at which such a plan would have called the effect at this look.</summary>
    /// <param name="look">Number of the look, from 1.</param>
    /// <param name="z">The estimate over its standard error then.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such look, or z is not finite.</exception>
    public double RepeatedPValue(int look, double z)
    {
        BoundOf(look);
        if (!double.IsFinite(z)) throw new ArgumentOutOfRangeException(nameof(z), "The statistic must be finite.");
        var size = TwoSided ? Math.Abs(z) : z;
        if (_spending is null)
        {
            var constant = size / Math.Pow(_fractions[look - 1] / _fractions[^1], _shape - 0.5);
            double[] bounds = [.. _fractions.Select(t => constant * Math.Pow(t / _fractions[^1], _shape - 0.5))];
            return Math.Min(1, Cross(_fractions, bounds, TwoSided, 0).Total);
        }

        var fractions = _fractions[..look];
        double Excess(double logit) => LanDeMets(fractions, _spending, 1 / (1 + Math.Exp(-logit)), TwoSided)._bounds[^1] - size;
        const double end = 30;
        if (Excess(end) >= 0) return 1;
        return 1 / (1 + Math.Exp(Excess(-end) <= 0 ? end : -BracketedRoot.Find(Excess, -end, end, 1e-9)));
    }

    /// <summary>The repeated p-value from a look's own, whatever distribution that one came from.</summary>
    /// <param name="look">Number of the look, from 1.</param>
    /// <param name="pValue">The look's own p-value, two-sided for a two-sided plan, in [0, 1].</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such look, or the p-value is outside of its range.</exception>
    public double RepeatedPValueOf(int look, double pValue)
    {
        BoundOf(look);
        if (pValue is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(pValue), pValue, "A p-value lies between 0 and 1.");
        // Beyond the largest bound nothing can be told apart.
        return RepeatedPValue(look, Math.Clamp(Quantiles.NormalUpper(TwoSided ? pValue / 2 : pValue), -LargestBound, LargestBound));
    }

    internal double BoundOf(int look)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(look, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(look, Looks);
        return _bounds[look - 1];
    }

    private static double[] Guard(IReadOnlyList<double> fractions, double alpha)
    {
        ArgumentNullException.ThrowIfNull(fractions);
        if (alpha is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "An error rate lies between 0 and 1.");
        if (fractions.Count == 0) throw new ArgumentException("A plan needs a look.", nameof(fractions));
        for (var k = 0; k < fractions.Count; k++)
        {
            if (!(fractions[k] > (k == 0 ? 0 : fractions[k - 1])) || double.IsInfinity(fractions[k]))
            {
                throw new ArgumentException($"Information fraction {k + 1} is not above the one before it.", nameof(fractions));
            }
        }

        return [.. fractions];
    }

    private static double[] Solve(double[] fractions, double[] spent, bool twoSided)
    {
        var bounds = new double[fractions.Length];
        var density = ContinuationDensity.Start(0);
        for (var k = 0; k < bounds.Length; k++)
        {
            var increment = spent[k] - (k == 0 ? 0 : spent[k - 1]);
            bounds[k] = Bound(density, fractions[k], increment, twoSided);
            if (k + 1 == bounds.Length) break;
            density = density.Next(fractions[k], twoSided ? -bounds[k] : double.NegativeInfinity, bounds[k], fractions[k + 1]);
        }

        return bounds;
    }

    private static double Bound(ContinuationDensity density, double information, double increment, bool twoSided)
    {
        if (!(increment > 0) || density.Above(information, LargestBound) >= increment) return double.PositiveInfinity;

        var low = twoSided ? 0 : -LargestBound;
        // All that is left may be spent when the error rate is near 1.
        return density.Above(information, low) <= increment
            ? low
            : BracketedRoot.Find(bound => Math.Log(density.Above(information, bound) / increment), low, LargestBound, 1e-12);
    }

    private static LookProbabilities Cross(double[] fractions, double[] bounds, bool twoSided, double drift)
    {
        var (upper, lower) = (new double[fractions.Length], new double[fractions.Length]);
        var density = ContinuationDensity.Start(drift);
        double expected = 0, left = 1;
        for (var k = 0; k < fractions.Length; k++)
        {
            upper[k] = density.Above(fractions[k], bounds[k]);
            if (twoSided) lower[k] = density.Below(fractions[k], -bounds[k]);
            expected += (upper[k] + lower[k]) * fractions[k];
            left -= upper[k] + lower[k];
            if (k + 1 == fractions.Length) break;
            density = density.Next(fractions[k], twoSided ? -bounds[k] : double.NegativeInfinity, bounds[k], fractions[k + 1]);
        }

        return new LookProbabilities(upper, lower, expected + (left * fractions[^1]));
    }
}
