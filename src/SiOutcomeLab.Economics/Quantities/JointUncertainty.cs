using SiOutcomeLab.Economics.Money;

namespace SiOutcomeLab.Economics.Quantities;

/// <summary>
/// How the errors of several quantities go together. Measures on the same persons are never taken as independent by default.
/// </summary>
public abstract class JointUncertainty
{
    private protected JointUncertainty()
    {
    }

    /// <summary>How many quantities it is of.</summary>
    internal abstract int Width { get; }

    /// <summary>The same with its quantities in another order: first the one that was at place <c>order[0]</c>.</summary>
    internal abstract JointUncertainty InOrder(IReadOnlyList<int> order);

    /// <summary>The standard error of one quantity.</summary>
    internal abstract double StandardErrorOf(int quantity);

    /// <summary>The interval of a sum of quantities, each times its coefficient.</summary>
    internal abstract MoneyEstimate Around(decimal sek, ReadOnlySpan<double> coefficients, double level);

    private protected static MoneyEstimate Normal(decimal sek, double variance, double level, IntervalKind kind)
    {
        // A variance that rounding took below zero is zero.
        var error = Math.Sqrt(Math.Max(variance, 0));
        var half = KronaGrid.On(KronaGrid.Of(NormalQuantile.Of(0.5 + (level / 2)) * error));
        return new MoneyEstimate(sek, KronaGrid.On(KronaGrid.Of(error)), sek - half, sek + half, level, kind);
    }
}
