using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Power;

/// <summary>
/// Random numbers of one replicate of a simulation, made from the simulation's seed and the replicate's number alone, so that threads and
/// order change nothing. Generator: xoshiro256** started by SplitMix64.
/// </summary>
public sealed class ReplicateRandom
{
    private Xoshiro256 _generator;
    private double _spare = double.NaN;

    /// <summary>Starts the generator.</summary>
    /// <param name="seed">The simulation's seed.</param>
    /// <param name="replicate">The replicate's number.</param>
    public ReplicateRandom(ulong seed, ulong replicate)
    {
        var state = seed;
        state = Xoshiro256.Split(ref state) ^ replicate;
        _generator = new Xoshiro256(ref state);
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
}
