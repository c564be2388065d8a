namespace SiOutcomeLab.Statistics.Numerics;

/// <summary>
/// Root of a continuous function between two points where its signs differ: Brent's method, which never leaves the bracket and ends at
/// the resolution of doubles (Brent 1973, Algorithms for Minimization Without Derivatives, ch. 4).
/// </summary>
internal static class BracketedRoot
{
    private const int MaximumSteps = 300;

    /// <summary>Finds the root.</summary>
    /// <param name="function">Continuous on [low, high].</param>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end; the function's sign there differs from its sign at the lower end.</param>
    /// <param name="tolerance">Width at which the bracket is narrow enough; 0 for the resolution of doubles.</param>
    /// <returns>The root.</returns>
    /// <exception cref="InvalidOperationException">The signs agree: a caller's bracket was wrong.</exception>
    public static double Find(Func<double, double> function, double low, double high, double tolerance = 0)
    {
        double a = low, b = high, fa = function(a), fb = function(b);
        if (fa == 0) return a;
        if (fb == 0) return b;
        if (double.IsNaN(fa) || double.IsNaN(fb) || fa > 0 == fb > 0)
        {
            throw new InvalidOperationException("The function has one sign at both ends of the bracket.");
        }

        double c = a, fc = fa, step = b - a, before = step;
        for (var i = 0; i < MaximumSteps && fb != 0; i++)
        {
            if (fb > 0 == fc > 0) (c, fc, step, before) = (a, fa, b - a, b - a);
            if (Math.Abs(fc) < Math.Abs(fb)) (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb);
            var enough = (2.3e-16 * Math.Abs(b)) + double.Epsilon + (tolerance / 2);
            var half = (c - b) / 2;
            if (Math.Abs(half) <= enough) break;
            (step, before) = Math.Abs(before) >= enough && Math.Abs(fa) > Math.Abs(fb)
                ? Interpolated(a, b, c, fa, fb, fc, half, step, before, enough)
                : (half, half);
            (a, fa) = (b, fb);
            b += Math.Abs(step) > enough ? step : Math.CopySign(enough, half);
            fb = function(b);
        }

        return b;
    }

    private static (double Step, double Before) Interpolated(
        double a, double b, double c, double fa, double fb, double fc, double half, double step, double before, double enough)
    {
        double p, q;
        var s = fb / fa;
        if (a == c)
        {
            p = 2 * half * s;
            q = 1 - s;
        }
        else
        {
            var t = fa / fc;
            var r = fb / fc;
            p = s * ((2 * half * t * (t - r)) - ((b - a) * (r - 1)));
            q = (t - 1) * (r - 1) * (s - 1);
        }

        if (p > 0) q = -q;
        p = Math.Abs(p);
        return 2 * p < Math.Min((3 * half * q) - Math.Abs(enough * q), Math.Abs(before * q)) ? (p / q, step) : (half, half);
    }
}
