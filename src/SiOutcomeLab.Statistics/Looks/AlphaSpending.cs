using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Looks;

/// <summary>
/// Estimand: none; it says how much of an error rate may be spent by the time that a share of the information is in.
/// Formula, t the share of the information: O'Brien–Fleming type 2 − 2Φ(z_{α/2}/√t); Pocock type α ln(1 + (e − 1)t); power family αt^ρ;
/// Hwang–Shih–DeCani α(1 − e^{−γt})/(1 − e^{−γ}).
/// Arguments: the error rate of one side and t. Result: the error spent, rising from 0 to α. Not estimable when: never.
/// Ties, order, seed: none.
/// Source: Lan and DeMets (1983), Biometrika 70(3), p. 659–663; Kim and DeMets (1987), Biometrika 74(1), p. 149–154; Hwang, Shih and
/// DeCani (1990), Statistics in Medicine 9(12), p. 1439–1445. Checked against: published values in the tests.
/// </summary>
public sealed class AlphaSpending
{
    private readonly Func<double, double, double> _function;

    private AlphaSpending(string name, Func<double, double, double> function)
    {
        Name = name;
        _function = function;
    }

    /// <summary>Spends little early: bounds like O'Brien and Fleming's.</summary>
    public static AlphaSpending OBrienFlemingType { get; } = new(
        "O'Brien–Fleming type", static (alpha, t) => 2 * Normal.CDF(0, 1, -Quantiles.NormalUpper(alpha / 2) / Math.Sqrt(t)));

    /// <summary>Spends evenly: bounds like Pocock's.</summary>
    public static AlphaSpending PocockType { get; } = new(
        "Pocock type", static (alpha, t) => alpha * Math.Log(1 + ((Math.E - 1) * t)));

    /// <summary>Name of the function, with its parameter.</summary>
    public string Name { get; }

    /// <summary>Kim and DeMets' power family.</summary>
    /// <param name="exponent">ρ, above 0: 1 spends evenly, 3 is near O'Brien–Fleming.</param>
    /// <returns>The function.</returns>
    public static AlphaSpending Power(double exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exponent);
        return new AlphaSpending(FormattableString.Invariant($"power family, ρ = {exponent}"), (alpha, t) => alpha * Math.Pow(t, exponent));
    }

    /// <summary>Hwang, Shih and DeCani's family.</summary>
    /// <param name="shape">γ, any finite number: −4 is near O'Brien–Fleming, 1 near Pocock, 0 spends evenly.</param>
    /// <returns>The function.</returns>
    public static AlphaSpending HwangShihDeCani(double shape)
    {
        if (!double.IsFinite(shape)) throw new ArgumentOutOfRangeException(nameof(shape), shape, "γ must be finite.");
        return new AlphaSpending(
            FormattableString.Invariant($"Hwang–Shih–DeCani, γ = {shape}"),
            (alpha, t) => shape switch
            {
                0 => alpha * t,
                // Of positive exponents the ends are taken off first, which would overflow.
                < 0 => alpha * Math.Exp(shape * (1 - t)) * Expm1(shape * t) / Expm1(shape),
                _ => alpha * Expm1(-shape * t) / Expm1(-shape)
            });
    }

    /// <summary>The error spent.</summary>
    /// <param name="alpha">Error rate of one side, in (0, 1).</param>
    /// <param name="fraction">Share of the planned information, at least 0; from 1 on all is spent.</param>
    /// <returns>In [0, α].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    public double Spent(double alpha, double fraction)
    {
        if (alpha is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "An error rate lies between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfNegative(fraction);
        return fraction switch { 0 => 0, >= 1 => alpha, _ => _function(alpha, fraction) };
    }

    // e^x − 1 without losing digits near 0.
    private static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1;
}
