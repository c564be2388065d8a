using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// τ² and its standard error by each <see cref="HeterogeneityMethod"/>. Iterations stop at a relative step of 10⁻¹², so the value does not
/// depend on where they stopped.
/// </summary>
internal static class BetweenVariance
{
    private const int MaximumSteps = 300;
    private const int GridPoints = 16;

    /// <summary>Estimates; null when the iteration did not come to rest.</summary>
    public static (double Value, double Error)? Estimate(HeterogeneityMethod method, PoolingPass pass, PoolingBasis basis, double crude) =>
        method switch
        {
            HeterogeneityMethod.FixedEffect => (0, double.NaN),
            HeterogeneityMethod.DerSimonianLaird => DerSimonianLaird(pass, basis),
            HeterogeneityMethod.HunterSchmidt => HunterSchmidt(pass, basis),
            HeterogeneityMethod.Hedges => Hedges(pass, basis),
            HeterogeneityMethod.SidikJonkman => SidikJonkman(pass, basis, crude),
            HeterogeneityMethod.PauleMandel or HeterogeneityMethod.EmpiricalBayes => PauleMandel(pass, basis),
            _ => Likelihood(pass, basis, method == HeterogeneityMethod.RestrictedMaximumLikelihood)
        };

    /// <summary>
    /// The τ² at which the generalised Q falls to a value, or 0 when it is under it everywhere; null when it does not settle.
    /// Q falls and is convex in τ², so Newton's steps from the left never overshoot; taken on 1/Q, which is nearly straight, they are few.
    /// </summary>
    public static double? WhereQuadraticIs(double value, PoolingPass pass)
    {
        var at = 0.0;
        for (var step = 0; step < MaximumSteps; step++)
        {
            pass.At(at);
            if (pass.Quadratic <= value * (1 + 1e-15)) return at;
            var plain = (pass.Quadratic - value) / pass.Square;
            // A step on 1/Q may overshoot by a little: it is taken only while Q stays above the value.
            var far = plain * pass.Quadratic / value;
            var before = at;
            if (far > plain * 1.01)
            {
                pass.At(before + far);
                if (pass.Quadratic > value)
                {
                    at = before + far;
                    continue;
                }
            }

            at = before + plain;
            if (plain <= 1e-15 * at) return at;
        }

        return null;
    }

    private static (double Value, double Error)? PauleMandel(PoolingPass pass, PoolingBasis basis)
    {
        double k = basis.Count, df = basis.Count - basis.Size;
        if (WhereQuadraticIs(df, pass) is not { } value) return null;
        pass.At(value);
        var ratio = k / df;
        // At this τ², PMP = P for M = V + τ²I, and the variance's three terms add up to 2(k − p).
        return (value, ratio * Math.Sqrt(2 * df) / pass.WeightSum);
    }

    private static (double Value, double Error)? DerSimonianLaird(PoolingPass pass, PoolingBasis basis)
    {
        pass.At(0);
        double df = basis.Count - basis.Size, trace = pass.TraceP();
        var value = Math.Max(0, (pass.Quadratic - df) / trace);
        return (value, Math.Sqrt((2 * df) + (4 * value * trace) + (2 * value * value * pass.TracePP())) / trace);
    }

    private static (double Value, double Error)? HunterSchmidt(PoolingPass pass, PoolingBasis basis)
    {
        pass.At(0);
        double k = basis.Count, df = basis.Count - basis.Size, sum = pass.WeightSum;
        var value = Math.Max(0, (pass.Quadratic - k) / sum);
        return (value, Math.Sqrt((2 * df) + (4 * value * pass.TraceP()) + (2 * value * value * pass.TracePP())) / sum);
    }

    private static (double Value, double Error)? Hedges(PoolingPass pass, PoolingBasis basis)
    {
        pass.Unweighted();
        double df = basis.Count - basis.Size, trace = pass.TracePD(basis.Variances);
        var value = Math.Max(0, (pass.Quadratic - trace) / df);
        var spread = (2 * pass.TracePDPD(basis.Variances)) + (4 * value * trace) + (2 * value * value * df);
        return (value, Math.Sqrt(spread) / df);
    }

    private static (double Value, double Error)? SidikJonkman(PoolingPass pass, PoolingBasis basis, double crude)
    {
        double df = basis.Count - basis.Size;
        pass.At(crude);
        var value = crude * pass.Quadratic / df;
        var spread = (2 * pass.TracePDPD(basis.Variances))
            + (4 * value * pass.TracePDP(basis.Variances))
            + (2 * value * value * pass.TracePP());
        return (value, crude / df * Math.Sqrt(spread));
    }

    // Maxima are where the score y'PPy − tr P (REML) or y'PPy − Σw (ML) turns from positive to negative, and τ² = 0 when the score is not
    // positive there. With few and unequal estimates there can be several, so the score's signs are read on a coarse grid first.
    private static (double Value, double Error)? Likelihood(PoolingPass pass, PoolingBasis basis, bool restricted)
    {
        pass.Unweighted();
        var spread = pass.Quadratic / Math.Max(1, basis.Count - basis.Size);
        var least = double.PositiveInfinity;
        foreach (var d in basis.Variances) least = Math.Min(least, d);
        var from = 1e-3 * least;
        var ratio = Math.Exp(Math.Log(Math.Max(2, 2 * spread / from)) / GridPoints);
        double low = 0, best = double.NaN, highest = double.NaN;
        var positive = Score(0, pass, restricted) > 0;
        if (!positive) best = 0;
        for (var i = 0; i <= GridPoints || positive; i++)
        {
            var high = from * Math.Pow(ratio, i);
            if (!double.IsFinite(high)) return null;
            var next = Score(high, pass, restricted) > 0;
            if (positive && !next)
            {
                if (Maximum(low, high, pass, restricted) is not { } maximum) return null;
                if (double.IsNaN(best))
                {
                    best = maximum;
                }
                else
                {
                    if (double.IsNaN(highest)) highest = LogLikelihoodAt(best, pass, restricted);
                    var other = LogLikelihoodAt(maximum, pass, restricted);
                    if (other > highest) (best, highest) = (maximum, other);
                }
            }

            (low, positive) = (high, next);
        }

        pass.At(best);
        return (best, Math.Sqrt(2 / (restricted ? pass.TracePP() : pass.SquaredWeightSum)));
    }

    // Newton's steps on the score inside a bracket whose ends have unlike signs; where they leave it or the likelihood curves the wrong
    // way, the bracket is halved.
    private static double? Maximum(double low, double high, PoolingPass pass, bool restricted)
    {
        var at = (low + high) / 2;
        for (var step = 0; step < MaximumSteps; step++)
        {
            var score = Score(at, pass, restricted);
            var slope = (restricted ? pass.TracePP() : pass.SquaredWeightSum) - (2 * pass.Cubic());
            if (score > 0) low = at;
            else high = at;
            var next = at - (score / slope);
            if (slope < 0 && Math.Abs(next - at) <= 1e-12 * at) return next;
            if (!(next > low && next < high)) next = (low + high) / 2;
            if (next == low || next == high) return at;
            at = next;
        }

        return null;
    }

    private static double Score(double tau, PoolingPass pass, bool restricted)
    {
        pass.At(tau);
        return pass.Square - (restricted ? pass.TraceP() : pass.WeightSum);
    }

    private static double LogLikelihoodAt(double tau, PoolingPass pass, bool restricted)
    {
        pass.At(tau);
        return LogLikelihood(pass, restricted);
    }

    /// <summary>The (restricted) log-likelihood at the pass's τ², with its constants.</summary>
    public static double LogLikelihood(PoolingPass pass, bool restricted)
    {
        var free = pass.Weights.Length - (restricted ? pass.Coefficients.Length : 0);
        return -0.5 * ((free * Math.Log(2 * Math.PI)) + pass.LogVariances + (restricted ? pass.LogDeterminant : 0) + pass.Quadratic);
    }

    /// <summary>Variance of the estimates with denominator k, the start of Sidik and Jonkman's estimator.</summary>
    public static double Crude(ReadOnlySpan<double> estimates)
    {
        var mean = LaneSum.Sum(estimates) / estimates.Length;
        var sum = 0.0;
        foreach (var y in estimates) sum += (y - mean) * (y - mean);
        return sum / estimates.Length;
    }
}
