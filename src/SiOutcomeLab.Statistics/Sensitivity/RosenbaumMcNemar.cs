using MathNet.Numerics;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>
/// Estimand: none; it bounds the p-value of no effect on a yes/no outcome in matched pairs under a hidden bias of at most Γ.
/// Formula: of the b + c pairs that differ, b have the outcome in the treated person only. Upper bound P(X ≥ b) for X binomial with
/// b + c trials and p = Γ/(1 + Γ), lower bound with 1/(1 + Γ); exact.
/// Arguments: b and c. Result: <see cref="RosenbaumBound"/>, one-sided for an effect above zero; swap b and c for the other side.
/// Not estimable when: no pair differs. Ties, order, seed: none.
/// Source: Rosenbaum (2002), Observational Studies, 2nd ed., §4.3.2. Checked against: base R's pbinom (1e-10) and a plain sum of
/// binomial terms in the tests.
/// </summary>
public static class RosenbaumMcNemar
{
    // A bias of e³⁰ is no bias but a rule.
    private const double LargestLogGamma = 30;

    /// <summary>The bounds at one Γ.</summary>
    /// <param name="treatedOnly">Pairs with the outcome in the treated person only, at least 0.</param>
    /// <param name="controlOnly">Pairs with the outcome in the control person only, at least 0.</param>
    /// <param name="gamma">Γ, at least 1 and finite.</param>
    /// <returns>The bounds, or why there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or Γ is under 1 or not finite.</exception>
    public static Estimable<RosenbaumBound> At(int treatedOnly, int controlOnly, double gamma)
    {
        RosenbaumSignedScore.Guard(gamma);
        return Refusal<RosenbaumBound>(treatedOnly, controlOnly) ?? Estimable.Of(new RosenbaumBound(
            gamma, UpperTail(treatedOnly, controlOnly, gamma), UpperTail(treatedOnly, controlOnly, 1 / gamma)));
    }

    /// <summary>The Γ at which the largest p-value reaches a level.</summary>
    /// <param name="treatedOnly">Pairs with the outcome in the treated person only, at least 0.</param>
    /// <param name="controlOnly">Pairs with the outcome in the control person only, at least 0.</param>
    /// <param name="alpha">One-sided level, in (0, 1).</param>
    /// <returns>Γ, at least 1, or null when the test is not significant even without bias; or why there is no test.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or the level is outside of (0, 1).</exception>
    public static Estimable<double?> CriticalGamma(int treatedOnly, int controlOnly, double alpha = 0.05)
    {
        if (alpha is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The level lies between 0 and 1.");
        if (Refusal<double?>(treatedOnly, controlOnly) is { } refusal) return refusal;
        if (UpperTail(treatedOnly, controlOnly, 1) > alpha) return Estimable.Of<double?>(null);

        return Estimable.Of<double?>(Math.Exp(BracketedRoot.Find(
            logGamma => UpperTail(treatedOnly, controlOnly, Math.Exp(logGamma)) - alpha, 0, LargestLogGamma)));
    }

    private static NotEstimable<T>? Refusal<T>(int treatedOnly, int controlOnly)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(treatedOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(controlOnly);
        return treatedOnly + controlOnly > 0
            ? null
            : new NotEstimable<T>(NotEstimableReason.NoVariation, "The outcomes are equal in all pairs.");
    }

    private static double UpperTail(int treatedOnly, int controlOnly, double odds) =>
        treatedOnly == 0 ? 1 : SpecialFunctions.BetaRegularized(treatedOnly, controlOnly + 1, odds / (1 + odds));
}
