namespace SiOutcomeLab.Statistics.Power;

/// <summary>
/// Random numbers of one replicate of a simulation, made from the simulation's seed and the replicate's number alone, so that threads and
/// order change nothing. Generator xoshiro256** started by SplitMix64 (Blackman and Vigna 2021, ACM Transactions on Mathematical Software
/// 47(4), article 36).
/// </summary>
public sealed class ReplicateRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;
    private double _spare = double.NaN;

    /// <summary>Starts the generator.</summary>
    /// <param name="seed">The simulation's seed.</param>
    /// <param name="replicate">The replicate's number.</param>
    public ReplicateRandom(ulong seed, ulong replicate)
    {
        var state = seed;
        state = Mix(ref state) ^ replicate;
        (_a, _b, _c, _d) = (Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state));
    }

    /// <summary>A uniform number.</summary>
    /// <returns>In [0, 1), a multiple of 2⁻⁵³.</returns>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A standard normal number, by Marsaglia's polar method.</summary>
    /// <returns>Any finite number.</returns>
    public double NextNormal()
    {
        if (!double.IsNaN(_spare))
        {
            var spare = _spare;
            _spare = double.NaN;
            return spare;
        }

        double x, y, square;
        do
        {
            (x, y) = ((2 * NextDouble()) - 1, (2 * NextDouble()) - 1);
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);

        var factor = Math.Sqrt(-2 * Math.Log(square) / square);
        _spare = y * factor;
        return x * factor;
    }

    /// <summary>A yes with a given probability.</summary>
    /// <param name="probability">In [0, 1].</param>
    /// <returns>True with that probability.</returns>
    public bool NextBool(double probability) => NextDouble() < probability;

    private ulong Next()
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

    private static ulong Mix(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
