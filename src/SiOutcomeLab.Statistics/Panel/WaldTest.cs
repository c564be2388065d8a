using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>A joint test that several estimates are zero.</summary>
/// <param name="Statistic">b'V⁻¹b.</param>
/// <param name="DegreesOfFreedom">Number of estimates.</param>
/// <param name="PValue">Upper tail of the chi-squared distribution.</param>
public sealed record WaldTest(double Statistic, int DegreesOfFreedom, double PValue)
{
    internal static Estimable<WaldTest> OfZero(double[] estimates, double[,] covariance)
    {
        var flat = new double[covariance.Length];
        Buffer.BlockCopy(covariance, 0, flat, 0, flat.Length * sizeof(double));
        if (Cholesky.TryFactor(flat, estimates.Length, 1e-12) is not { } factor)
        {
            return Estimable.Not<WaldTest>(NotEstimableReason.Collinear, $"The covariance of the {estimates.Length} estimates is singular.");
        }

        var statistic = LaneSum.Dot(estimates, factor.Solve(estimates));
        return Estimable.Of(new WaldTest(statistic, estimates.Length, UpperTails.ChiSquared(statistic, estimates.Length)));
    }
}
