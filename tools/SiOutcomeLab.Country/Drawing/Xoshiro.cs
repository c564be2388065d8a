namespace SiOutcomeLab.Country.Drawing;

/// <summary>
/// A person's or a municipality's own stream of random numbers: xoshiro256** (Blackman and Vigna 2021, ACM Transactions on Mathematical
/// Software 47(4), article 36), filled by SplitMix64 (Steele, Lea and Flood 2014). Sums and products only, so that the same seed gives
/// the same country on every machine.
/// </summary>
internal struct Xoshiro
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public Xoshiro(ulong seed)
    {
        _a = Split(ref seed);
        _b = Split(ref seed);
        _c = Split(ref seed);
        _d = Split(ref seed);
    }

    /// <summary>A seed that depends on all of both, well mixed (SplitMix64's finaliser).</summary>
    public static ulong Mix(ulong seed, ulong part)
    {
        unchecked
        {
            var state = seed ^ (part * 0xD1342543DE82EF95UL);
            return Split(ref state);
        }
    }

    /// <summary>Uniform on [0, 1) from a mixed seed: one draw that needs no stream.</summary>
    public static double UniformOf(ulong mixed) => (mixed >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on [0, 1), 53 bits.</summary>
    public double Uniform() => UniformOf(Next());

    /// <summary>A whole number in [0, <paramref name="below"/>).</summary>
    public int Whole(int below) => (int)(Uniform() * below);

    /// <summary>Close to standard normal: twelve uniforms of 16 bits, less their mean (Irwin–Hall).</summary>
    public double Normal()
    {
        var sum = 0L;
        for (var word = 0; word < 3; word++)
        {
            var bits = Next();
            sum += (long)(bits & 0xFFFF) + (long)((bits >> 16) & 0xFFFF) + (long)((bits >> 32) & 0xFFFF) + (long)(bits >> 48);
        }

        return ((sum + 6) * (1.0 / 65536)) - 6;
    }

    /// <summary>64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            var result = ulong.RotateLeft(_b * 5, 7) * 9;
            var shifted = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= shifted;
            _d = ulong.RotateLeft(_d, 45);
            return result;
        }
    }

    private static ulong Split(ref ulong state)
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
