namespace SiOutcomeLab.Statistics.Numerics;

/// <summary>
/// Random numbers of one replicate, made from a seed and the replicate's number alone, so that threads and order change nothing.
/// Generator: xoshiro256** started by SplitMix64. For one thread.
/// </summary>
public sealed class ReplicateRandom
{
    private Xoshiro256 _generator;
    private double _spare = double.NaN;
    private uint _kept;
    private bool _has;

    /// <summary>Starts the generator.</summary>
    /// <param name="seed">The simulation's seed.</param>
    /// <param name="replicate">The replicate's number.</param>
    public ReplicateRandom(ulong seed, ulong replicate)
    {
        var state = seed;
        state = Xoshiro256.Split(ref state) ^ replicate;
        _generator = new Xoshiro256(ref state);
    }

    private ReplicateRandom(Xoshiro256 generator) => _generator = generator;

    /// <summary>
    /// The generator of resampling, whose seeds are 32 bits: seed and replicate side by side, turned once, so that neighbouring replicates
    /// do not share their later numbers. Not the numbers that the constructor gives.
    /// </summary>
    internal static ReplicateRandom Resampling(int seed, int replicate)
    {
        var state = unchecked(((ulong)(uint)seed << 32) | (uint)replicate);
        state = Xoshiro256.Split(ref state);
        return new ReplicateRandom(new Xoshiro256(ref state));
    }

    /// <summary>A seed of its own for a named part of a study, so that parts may come and go without touching each other.</summary>
    /// <param name="seed">The study's seed.</param>
    /// <param name="part">The part's name.</param>
    /// <returns>The part's seed.</returns>
    public static ulong SeedFor(ulong seed, ReadOnlySpan<char> part)
    {
        foreach (var letter in part)
        {
            seed ^= letter;
            seed = Xoshiro256.Split(ref seed);
        }

        return seed;
    }

    /// <summary>A uniform number.</summary>
    /// <returns>In [0, 1), a multiple of 2⁻⁵³.</returns>
    public double NextDouble() => (_generator.Next() >> 11) * (1.0 / (1UL << 53));

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

    /// <summary>An integer below a bound; every one as likely (Lemire 2019, ACM TOMACS 29(1), article 3).</summary>
    /// <param name="bound">At least 1; not itself drawn.</param>
    /// <returns>From 0 up to, but without, the bound.</returns>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
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
    internal uint Bits()
    {
        _has = !_has;
        if (!_has) return _kept;

        var both = _generator.Next();
        _kept = unchecked((uint)both);
        return (uint)(both >> 32);
    }
}
