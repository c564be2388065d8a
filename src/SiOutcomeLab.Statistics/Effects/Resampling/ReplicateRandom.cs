namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>
/// The random numbers of one replicate, from the seed and the replicate's number alone, so that neither threads nor order change a draw:
/// xoshiro256** (Blackman and Vigna 2021, ACM Transactions on Mathematical Software 47(4), article 36) filled by SplitMix64 (Steele, Lea
/// and Flood 2014, OOPSLA, p. 453–472).
/// </summary>
internal struct ReplicateRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;
    private ulong _kept;
    private bool _has;

    public ReplicateRandom(int seed, int replicate)
    {
        unchecked
        {
            var state = ((ulong)(uint)seed << 32) | (uint)replicate;
            // A first turn, so that neighbouring replicates do not share their later ones.
            state = Split(ref state);
            (_a, _b, _c, _d) = (Split(ref state), Split(ref state), Split(ref state), Split(ref state));
        }
    }

    /// <summary>An integer from 0 up to, but without, a bound; every one as likely (Lemire 2019, ACM TOMACS 29(1), article 3).</summary>
    public int Below(int bound)
    {
        unchecked
        {
            var product = (ulong)Bits() * (uint)bound;
            if ((uint)product < (uint)bound)
            {
                var limit = (0u - (uint)bound) % (uint)bound;
                while ((uint)product < limit) product = (ulong)Bits() * (uint)bound;
            }

            return (int)(product >> 32);
        }
    }

    /// <summary>32 bits; each turn of the generator gives two.</summary>
    public uint Bits()
    {
        unchecked
        {
            _has = !_has;
            if (!_has) return (uint)_kept;

            var result = ulong.RotateLeft(_b * 5, 7) * 9;
            var shifted = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= shifted;
            _d = ulong.RotateLeft(_d, 45);
            _kept = result;
            return (uint)(result >> 32);
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
