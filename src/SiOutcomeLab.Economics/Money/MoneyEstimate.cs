namespace SiOutcomeLab.Economics.Money;

/// <summary>How an interval was made.</summary>
public enum IntervalKind
{
    /// <summary>Normal, from the covariance of the measures: exact for a sum of measures times fixed prices.</summary>
    Covariance = 1,

    /// <summary>Normal, from each person's influence on the sum, so that measures on the same persons are taken together.</summary>
    InfluenceFunction = 2,

    /// <summary>Percentiles of the sum over refits on resampled persons.</summary>
    RefitBootstrap = 3,
}

/// <summary>
/// An amount with its interval. The interval tells how well the quantities are known; prices count as given. What other prices would have
/// meant, <see cref="Comparing.UnitCostComparison"/> tells.
/// </summary>
/// <param name="Sek">The amount in kronor.</param>
/// <param name="StandardError">Its standard error in kronor; zero or more.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
/// <param name="Level">The interval's level, e.g. 0.95.</param>
/// <param name="Kind">How the interval was made.</param>
public sealed record MoneyEstimate(decimal Sek, decimal StandardError, decimal Low, decimal High, double Level, IntervalKind Kind)
{
    /// <summary>The amount and its interval for a number of like persons.</summary>
    /// <param name="persons">How many; zero or more.</param>
    public MoneyEstimate Times(int persons)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(persons);
        return this with { Sek = Sek * persons, StandardError = StandardError * persons, Low = Low * persons, High = High * persons };
    }

    /// <summary>The amount and its interval moved by a fixed sum.</summary>
    /// <param name="sek">What is added; below zero to subtract.</param>
    public MoneyEstimate Plus(decimal sek) => this with { Sek = Sek + sek, Low = Low + sek, High = High + sek };
}
