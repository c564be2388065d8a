namespace SiOutcomeLab.Statistics.Pooling.Profiling;

/// <summary>The maximum of a log-likelihood of two logged parameters by Newton's method with halved steps.</summary>
internal static class TwoParameterMaximum
{
    /// <summary>Finds it; null when it does not settle, which means that a parameter runs off.</summary>
    public static (double First, double Second, double Value)? TryFind(
        Func<double, double, TwoParameterTerms> terms, (double First, double Second) start)
    {
        var at = start;
        var now = terms(at.First, at.Second);
        for (var step = 0; step < 200; step++)
        {
            var (a, b, d) = (-now.FirstFirst, -now.FirstSecond, -now.SecondSecond);
            // Where the likelihood curves the wrong way, a larger diagonal turns the step uphill.
            var least = ((a + d) / 2) - Math.Sqrt(((a - d) * (a - d) / 4) + (b * b));
            if (!(least > 1e-8 * (Math.Abs(a) + Math.Abs(d))))
            {
                var lift = (1e-3 * (Math.Abs(a) + Math.Abs(d))) - least;
                (a, d) = (a + lift, d + lift);
            }

            var determinant = (a * d) - (b * b);
            var first = ((d * now.First) - (b * now.Second)) / determinant;
            var second = ((a * now.Second) - (b * now.First)) / determinant;
            var longest = Math.Max(Math.Abs(first), Math.Abs(second));
            if (!double.IsFinite(longest)) return null;
            var length = Math.Min(1, 2 / longest);
            for (var halving = 0; ; halving++)
            {
                var next = (First: at.First + (length * first), Second: at.Second + (length * second));
                var reached = terms(next.First, next.Second);
                if (halving < 40 && !(reached.Value >= now.Value - (1e-13 * Math.Abs(now.Value))))
                {
                    length /= 2;
                    continue;
                }

                (at, now) = (next, reached);
                break;
            }

            if (length * longest <= 1e-11) return (at.First, at.Second, now.Value);
            if (Math.Abs(at.First) > 40 || Math.Abs(at.Second) > 40) return null;
        }

        return null;
    }
}
