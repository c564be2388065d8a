using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// The logistic likelihood: r = t − e, w = e(1 − e). Eight rows at a time; the exponential is <see cref="LaneMath"/>'s, and both tails keep
/// full relative precision.
/// </summary>
internal sealed class LogitLink : BinaryLink
{
    public static readonly LogitLink Instance = new();

    /// <summary>1 / (1 + exp(−η)), with full relative precision in the lower tail.</summary>
    public static double Probability(double index)
    {
        var e = Math.Exp(-Math.Abs(index));
        return index >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>Probabilities of many log odds.</summary>
    public static void Probabilities(ReadOnlySpan<double> logOdds, Span<double> probabilities)
    {
        ref var from = ref MemoryMarshal.GetReference(logOdds);
        ref var to = ref MemoryMarshal.GetReference(probabilities[..logOdds.Length]);
        var one = Vector256<double>.One;
        var i = 0;
        for (; i <= logOdds.Length - 4; i += 4)
        {
            var eta = Vector256.LoadUnsafe(ref from, (nuint)i);
            var e = LaneMath.Exp(-Vector256.Abs(eta));
            var large = one / (one + e);
            Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(eta, Vector256<double>.Zero), large, e * large)
                .StoreUnsafe(ref to, (nuint)i);
        }

        if (i == logOdds.Length) return;
        // The same arithmetic for the last rows, so that a score does not depend on where its row stands.
        Span<double> rest = stackalloc double[4];
        logOdds[i..].CopyTo(rest);
        Span<double> last = stackalloc double[4];
        Probabilities(rest, last);
        last[..(logOdds.Length - i)].CopyTo(probabilities[i..]);
    }

    /// <summary>−2 log likelihood of log odds.</summary>
    public static double Deviance(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights)
    {
        CompensatedSum sum = default;
        for (var i = 0; i < logOdds.Length; i++)
        {
            var y = treated[i] ? logOdds[i] : -logOdds[i];
            var term = Math.Max(0, -y) + Math.Log(1 + Math.Exp(-Math.Abs(y)));
            sum.Add(caseWeights.IsEmpty ? term : caseWeights[i] * term);
        }

        return 2 * sum.Value;
    }

    public override double Evaluate(
        ReadOnlySpan<double> index, ReadOnlySpan<double> treated, ReadOnlySpan<double> caseWeights, int count,
        Span<double> residual, Span<double> weight)
    {
        ref var eta = ref MemoryMarshal.GetReference(index);
        ref var arm = ref MemoryMarshal.GetReference(treated[..index.Length]);
        ref var cases = ref MemoryMarshal.GetReference(caseWeights);
        ref var r = ref MemoryMarshal.GetReference(residual[..index.Length]);
        ref var w = ref MemoryMarshal.GetReference(weight[..index.Length]);
        var (zero, one) = (Vector512<double>.Zero, Vector512<double>.One);
        var (deviance, product) = (zero, one);
        var weighted = !caseWeights.IsEmpty;
        for (nuint i = 0; i < (nuint)index.Length; i += 8)
        {
            // y: the index towards the arm that the row is in; −y counts what the row's arm comes as a surprise.
            var sign = Vector512.LoadUnsafe(ref arm, i);
            sign = sign + sign - one;
            var y = sign * Vector512.LoadUnsafe(ref eta, i);
            var e = LaneMath.Exp(-Vector512.Abs(y));
            var sum = one + e;
            var large = one / sum;
            var small = e * large;
            var surprise = Vector512.LessThan(y, zero);
            var wrong = sign * Vector512.ConditionalSelect(surprise, large, small);
            var information = small * large;
            var misfit = Vector512.Max(zero, -y);
            if (weighted)
            {
                var c = Vector512.LoadUnsafe(ref cases, i);
                wrong *= c;
                information *= c;
                deviance += c * (misfit + LaneMath.Log(sum));
            }
            else
            {
                // Π(1 + e) over a block is at most 2³² per lane: one logarithm for many rows.
                product *= sum;
                deviance += misfit;
            }

            wrong.StoreUnsafe(ref r, i);
            information.StoreUnsafe(ref w, i);
        }

        return 2 * LaneSum.Fold(deviance + LaneMath.Log(product));
    }
}
