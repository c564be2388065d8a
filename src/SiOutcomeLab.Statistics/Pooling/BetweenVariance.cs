using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// τ² and its standard error by each <see cref="HeterogeneityMethod"/>. Iterations stop at a relative step of 10⁻¹², so the value does not
/// depend on where they stopped.
/// </summary>
internal static class BetweenVariance
{
    private const int MaximumSteps = 300;

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

    // The score y'PPy − tr P (REML) or y'PPy − Σw (ML), brought to 0 by Newton steps inside a bracket; where the likelihood curves the
    // wrong way, by Fisher's scoring. A bound at τ² = 0 counts as the maximum when the score there is not positive.
    private static (double Value, double Error)? Likelihood(PoolingPass pass, PoolingBasis basis, bool restricted)
    {
        var at = Hedges(pass, basis)!.Value.Value;
        double low = double.NaN, high = double.PositiveInfinity;
        for (var step = 0; step < MaximumSteps; step++)
        {
            pass.At(at);
            var information = restricted ? pass.TracePP() : pass.SquaredWeightSum;
            var score = pass.Square - (restricted ? pass.TraceP() : pass.WeightSum);
            if (at == 0 && score <= 0) return (0, Math.Sqrt(2 / information));
            if (score > 0) low = at;
            else high = at;
            var slope = information - (2 * pass.Cubic());
            var move = slope < -0.1 * information ? -score / slope : score / information;
            if (Math.Abs(move) <= 1e-12 * at) return Better(at + move, pass, restricted);
            var next = at + move;
            if (!(next > (double.IsNaN(low) ? 0 : low)) || next >= high)
            {
                next = double.IsNaN(low) ? 0 : double.IsPositiveInfinity(high) ? 2 * at : (low + high) / 2;
                if (next == at) return Better(at, pass, restricted);
            }

            at = next;
        }

        return null;
    }

    // With few and unequal estimates the likelihood can have a second maximum at the bound.
    private static (double Value, double Error) Better(double value, PoolingPass pass, bool restricted)
    {
        pass.At(0);
        var (none, curvature) = (LogLikelihood(pass, restricted), restricted ? pass.TracePP() : pass.SquaredWeightSum);
        pass.At(value);
        if (none > LogLikelihood(pass, restricted)) return (0, Math.Sqrt(2 / curvature));
        return (value, Math.Sqrt(2 / (restricted ? pass.TracePP() : pass.SquaredWeightSum)));
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
