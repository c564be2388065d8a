namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Two-valued distributions with mean 0 and variance 1.</summary>
public enum Multiplier
{
    /// <summary>−1 or 1 with equal chance; what did uses, and the better one with few clusters.</summary>
    Rademacher = 1,

    /// <summary>(1 ± √5)/2, with a third moment of 1.</summary>
    Mammen = 2
}
