namespace SiOutcomeLab.Country.Drawing;

/// <summary>Functions whose last digit is the same on every machine: sums, products and quotients alone, no library call.</summary>
internal static class Steady
{
    /// <summary>e to the power x, for x in [−40, 40], by a Taylor sum of x/64 squared six times.</summary>
    public static double Exp(double x)
    {
        var y = Math.Clamp(x, -40, 40) * (1.0 / 64);
        var sum = 1 + (y * (1.0 / 8));
        sum = 1 + (y * (1.0 / 7) * sum);
        sum = 1 + (y * (1.0 / 6) * sum);
        sum = 1 + (y * (1.0 / 5) * sum);
        sum = 1 + (y * (1.0 / 4) * sum);
        sum = 1 + (y * (1.0 / 3) * sum);
        sum = 1 + (y * (1.0 / 2) * sum);
        sum = 1 + (y * sum);
        for (var i = 0; i < 6; i++) sum *= sum;
        return sum;
    }

    /// <summary>1 / (1 + e^−x).</summary>
    public static double Logistic(double x) => 1 / (1 + Exp(-x));

    /// <summary>How many events a Poisson variable with this mean has at this uniform draw; at most 60.</summary>
    public static int Poisson(double mean, double uniform)
    {
        var term = Exp(-mean);
        var below = term;
        var count = 0;
        while (uniform >= below && count < 60)
        {
            term *= mean / ++count;
            below += term;
        }

        return count;
    }
}
