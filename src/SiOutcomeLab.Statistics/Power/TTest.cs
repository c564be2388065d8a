using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Power;

/// <summary>Power of a t test.</summary>
internal static class TTest
{
    public static double Power(double noncentrality, double degreesOfFreedom, double alpha, bool twoSided, bool strict)
    {
        var critical = Quantiles.StudentUpper(degreesOfFreedom, twoSided ? alpha / 2 : alpha);
        var upper = NoncentralT.Upper(critical, degreesOfFreedom, noncentrality);
        return twoSided && strict ? upper + NoncentralT.Upper(critical, degreesOfFreedom, -noncentrality) : upper;
    }
}
