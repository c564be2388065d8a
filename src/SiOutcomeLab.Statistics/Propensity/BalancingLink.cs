using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Covariate balance as score equations. With w the odds against the arm a row is in, e^(−η) for treated and e^η for comparison rows,
/// where the estimand reweights that arm and 0 otherwise: r = ±(k + w), and the function Σ ±kη − w is concave, k = 1 for rows that stand
/// for themselves.
/// </summary>
internal sealed class BalancingLink(Estimand estimand) : BinaryLink
{
    private readonly bool _everyone = estimand == Estimand.Everyone;
    private readonly bool _treated = estimand == Estimand.Treated;

    public override bool IsLikelihood => false;

    public override double Evaluate(
        ReadOnlySpan<double> index, ReadOnlySpan<double> treated, ReadOnlySpan<double> caseWeights, int count,
        Span<double> residual, Span<double> weight)
    {
        Odds(index, treated, weight);
        weight[count..].Clear();
        residual[count..].Clear();
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            var arm = treated[i] > 0;
            var odds = _everyone || arm != _treated ? weight[i] : 0;
            var own = _everyone || arm == _treated ? 1 : 0;
            var c = caseWeights.IsEmpty ? 1 : caseWeights[i];
            residual[i] = c * (arm ? own + odds : -own - odds);
            weight[i] = c * odds;
            sum += c * ((arm ? own : -own) * index[i]) - weight[i];
        }

        return -2 * sum;
    }

    /// <summary>For one arm's estimand: no row of the reweighted arm lies beyond the other arm's mean.</summary>
    public override bool Recedes(
        StandardisedDesign design, double[] step, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights)
    {
        if (_everyone) return base.Recedes(design, step, treated, caseWeights);
        var moved = design.Times(step);
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        double mean = 0, total = 0;
        for (var i = 0; i < moved.Length; i++)
        {
            var c = caseWeights.IsEmpty ? 1 : caseWeights[i];
            if (c == 0) continue;
            var along = _treated ? moved[i] : -moved[i];
            if (treated[i] == _treated)
            {
                mean += c * along;
                total += c;
            }
            else
            {
                (low, high) = (Math.Min(low, along), Math.Max(high, along));
            }
        }

        return high > low && high - (mean / total) <= 1e-6 * (high - low);
    }

    public override Estimable<PropensityFit> Refusal(DesignMatrix x, ScoreRoot root, ScoreRoot.Ending ending) =>
        ending == ScoreRoot.Ending.Receding && !_everyone
            ? Estimable.Not<PropensityFit>(
                NotEstimableReason.NoOverlap, "No weighting of the other arm reaches the means of all covariates together.")
            : base.Refusal(x, root, ending);

    private static void Odds(ReadOnlySpan<double> index, ReadOnlySpan<double> treated, Span<double> odds)
    {
        ref var eta = ref MemoryMarshal.GetReference(index);
        ref var arm = ref MemoryMarshal.GetReference(treated[..index.Length]);
        ref var to = ref MemoryMarshal.GetReference(odds[..index.Length]);
        var one = Vector256<double>.One;
        for (nuint i = 0; i < (nuint)index.Length; i += 4)
        {
            var t = Vector256.LoadUnsafe(ref arm, i);
            LaneMath.Exp((one - t - t) * Vector256.LoadUnsafe(ref eta, i)).StoreUnsafe(ref to, i);
        }
    }
}
