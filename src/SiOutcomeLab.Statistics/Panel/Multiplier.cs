namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Two-valued distributions with mean 0 and variance 1.</summary>
public enum Multiplier
{
    /// <summary>(1 ± √5)/2, with a third moment of 1; what did uses.</summary>
    Mammen = 1,

    /// <summary>−1 or 1 with equal chance.</summary>
    Rademacher = 2
}
