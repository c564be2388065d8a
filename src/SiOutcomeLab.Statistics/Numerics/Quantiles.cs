using MathNet.Numerics.Distributions;

namespace SiOutcomeLab.Statistics.Numerics;

/// <summary>Upper quantiles, good to the last digits.</summary>
internal static class Quantiles
{
    /// <summary>z with 1 − Φ(z) = p; symmetric in both tails, so that small p keep their digits.</summary>
    public static double NormalUpper(double p) => -Normal.InvCDF(0, 1, p);

    /// <summary>t with P(T &gt; t) = p.</summary>
    public static double StudentUpper(double degreesOfFreedom, double p)
    {
        if (double.IsPositiveInfinity(degreesOfFreedom)) return NormalUpper(p);

        var t = -StudentT.InvCDF(0, 1, degreesOfFreedom, p);
        // The library stops its search at 1e-12 in probability, which far out leaves few digits of t: two Newton steps win them back.
        for (var i = 0; i < 2; i++)
        {
            t += (StudentT.CDF(0, 1, degreesOfFreedom, -t) - p) / StudentT.PDF(0, 1, degreesOfFreedom, t);
        }

        return t;
    }
}
