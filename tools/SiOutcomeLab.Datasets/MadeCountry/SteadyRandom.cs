namespace SiOutcomeLab.Datasets.MadeCountry;

/// <summary>
/// Random numbers that are the same on every machine and runtime: SplitMix64 (Steele, Lea and Flood 2014), and only sums, products and
/// quotients of doubles after it, because library functions such as exp may differ in their last digit.
/// </summary>
internal sealed class SteadyRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Uniform on [0, 1), 53 bits.</summary>
    public double Uniform()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }

    /// <summary>Close to standard normal: twelve uniforms, less six (Irwin–Hall).</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++) sum += Uniform();
        return sum;
    }

    /// <summary>A whole number in [0, <paramref name="below"/>).</summary>
    public int Whole(int below) => (int)(Uniform() * below);

    /// <summary>An entry, with probability in proportion to its weight.</summary>
    public T Choose<T>(params ReadOnlySpan<(T Value, double Weight)> entries)
    {
        var total = 0.0;
        foreach (var (_, weight) in entries) total += weight;
        var at = Uniform() * total;
        foreach (var (value, weight) in entries)
        {
            at -= weight;
            if (at < 0) return value;
        }

        return entries[^1].Value;
    }

    /// <summary>e to the power x, for x in [−40, 40], by a Taylor sum of x/1024 squared ten times.</summary>
    public static double Exp(double x)
    {
        var y = Math.Clamp(x, -40, 40) / 1024;
        var sum = 1 + (y * (1 + (y / 2 * (1 + (y / 3 * (1 + (y / 4 * (1 + (y / 5)))))))));
        for (var i = 0; i < 10; i++) sum *= sum;
        return sum;
    }

    /// <summary>1 / (1 + e^−x).</summary>
    public static double Logistic(double x) => 1 / (1 + Exp(-x));
}
