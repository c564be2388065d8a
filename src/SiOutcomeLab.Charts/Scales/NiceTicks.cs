namespace SiOutcomeLab.Charts.Scales;

/// <summary>
/// Round numbers for an axis. The step is 1, 2 or 5 times a power of ten (P. S. Heckbert, "Nice numbers for graph labels", Graphics Gems,
/// 1990, p. 61); here the ticks stay within the axis.
/// </summary>
internal static class NiceTicks
{
    /// <summary>The round step that gives about the wanted count of ticks.</summary>
    public static double Step(double span, int wanted)
    {
        var rough = span / Math.Max(1, wanted);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { < 1.5 => power, < 3 => 2 * power, < 7 => 5 * power, _ => 10 * power };
    }

    /// <summary>The decimals that a multiple of the step needs.</summary>
    public static int Decimals(double step) => Math.Clamp((int)-Math.Floor(Math.Log10(step) + 1e-9), 0, 15);

    /// <summary>The multiples of the step from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public static IReadOnlyList<double> Multiples(double low, double high, double step)
    {
        // A tick that rounding puts a hair outside still stands on the edge.
        var first = (long)Math.Ceiling(low / step - 1e-9);
        var last = (long)Math.Floor(high / step + 1e-9);
        var decimals = Decimals(step);
        var ticks = new List<double>();
        for (var i = first; i <= last; i++) ticks.Add(Math.Round(i * step, decimals));
        return ticks;
    }

    /// <summary>For a logarithmic axis: 1, 2 and 5 times powers of ten; over more than three decades the powers alone.</summary>
    public static IReadOnlyList<double> Logarithmic(double low, double high)
    {
        double[] factors = Math.Log10(high / low) > 3 ? [1] : [1, 2, 5];
        var ticks = new List<double>();
        for (var power = (int)Math.Floor(Math.Log10(low)); power <= (int)Math.Ceiling(Math.Log10(high)); power++)
        {
            ticks.AddRange(factors.Select(f => f * Math.Pow(10, power)).Where(t => t >= low * (1 - 1e-9) && t <= high * (1 + 1e-9)));
        }

        return ticks;
    }
}
