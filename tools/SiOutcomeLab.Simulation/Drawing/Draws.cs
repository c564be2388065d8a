namespace SiOutcomeLab.Simulation.Drawing;

/// <summary>
/// Random numbers of one replicate: a generator of its own from seed, scenario and replicate, so that neither threads nor the order of
/// scenarios change anything.
/// </summary>
internal sealed class Draws
{
    private readonly Random _random;
    private double _spare = double.NaN;

    public Draws(ulong seed, string scenario, int replicate)
    {
        var state = seed;
        foreach (var letter in scenario) state = Mix(state ^ letter);
        _random = new Random((int)(Mix(state + (ulong)replicate) & int.MaxValue));
    }

    /// <summary>Uniform on [0, 1).</summary>
    public double Uniform() => _random.NextDouble();

    public bool Chance(double probability) => Uniform() < probability;

    public int Below(int exclusive) => _random.Next(exclusive);

    /// <summary>Standard normal, by Marsaglia's polar method.</summary>
    public double Normal()
    {
        if (!double.IsNaN(_spare))
        {
            var kept = _spare;
            _spare = double.NaN;
            return kept;
        }

        double u, v, square;
        do
        {
            u = (2 * Uniform()) - 1;
            v = (2 * Uniform()) - 1;
            square = (u * u) + (v * v);
        }
        while (square is >= 1 or 0);

        var factor = Math.Sqrt(-2 * Math.Log(square) / square);
        _spare = v * factor;
        return u * factor;
    }

    // SplitMix64's finaliser (Steele, Lea and Flood 2014).
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
