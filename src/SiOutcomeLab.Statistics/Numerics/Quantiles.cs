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
        if (p > 0.5) return -StudentUpper(degreesOfFreedom, 1 - p);

        // The library looks no further than 800 and stops at 1e-12 in probability; the tail's logarithm keeps digits at any distance.
        var high = 2.0;
        while (Tail(high) > p) high *= 2;
        return BracketedRoot.Find(t => Math.Log(Math.Max(Tail(t), 1e-300) / p), 0, high);

        double Tail(double t) => UpperTails.StudentTwoSided(t, degreesOfFreedom) / 2;
    }
}
