using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>
/// The random numbers of one replicate, from the seed and the replicate's number alone, so that neither threads nor order change a draw.
/// </summary>
internal struct ReplicateRandom
{
    private Xoshiro256 _generator;
    private ulong _kept;
    private bool _has;

    public ReplicateRandom(int seed, int replicate)
    {
        unchecked
        {
            var state = ((ulong)(uint)seed << 32) | (uint)replicate;
            // A first turn, so that neighbouring replicates do not share their later ones.
            state = Xoshiro256.Split(ref state);
            _generator = new Xoshiro256(ref state);
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
        _has = !_has;
        if (!_has) return (uint)_kept;

        _kept = _generator.Next();
        return (uint)(_kept >> 32);
    }
}
