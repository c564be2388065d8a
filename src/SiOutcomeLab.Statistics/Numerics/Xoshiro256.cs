namespace SiOutcomeLab.Statistics.Numerics;

/// <summary>
/// The one generator of random numbers here: xoshiro256** (Blackman and Vigna 2021, ACM Transactions on Mathematical Software 47(4),
/// article 36), filled by SplitMix64 (Steele, Lea and Flood 2014, OOPSLA, p. 453–472).
/// </summary>
internal struct Xoshiro256
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="state">Any number; it moves on.</param>
    public Xoshiro256(ref ulong state) => (_a, _b, _c, _d) = (Split(ref state), Split(ref state), Split(ref state), Split(ref state));

    /// <summary>SplitMix64's next number.</summary>
    public static ulong Split(ref ulong state)
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
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
}
