using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Power;

/// <summary>What power formulas check of their numbers, and how they are turned round.</summary>
internal static class PowerGuards
{
    public static void Level(double alpha)
    {
        if (alpha is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The level lies between 0 and 1.");
    }

    public static void Target(double power, double alpha)
    {
        if (!(power > alpha && power < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(power), power, "The power to reach lies between the level and 1.");
        }
    }

    /// <summary>Root of a rising function above a start, by doubling and then narrowing.</summary>
    public static double Root(Func<double, double> excess, double start, double most)
    {
        var high = Math.Max(2 * start, 1);
        while (excess(high) < 0)
        {
            if (high >= most) throw new ArgumentOutOfRangeException(nameof(most), most, "No size within reason reaches this power.");
            high *= 2;
        }

        return BracketedRoot.Find(excess, start, high);
    }
}
