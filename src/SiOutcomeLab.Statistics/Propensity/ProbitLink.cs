using MathNet.Numerics;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// The probit likelihood: with y the index towards the arm a row is in and h = φ(y)/Φ(y), r = ±h and w = h(h + y), the observed
/// information.
/// </summary>
internal sealed class ProbitLink : BinaryLink
{
    public static readonly ProbitLink Instance = new();
    private static readonly double LogRootTwoPi = 0.5 * Math.Log(2 * Math.PI);

    public override bool IndexIsLogOdds => false;

    public override double Evaluate(
        ReadOnlySpan<double> index, ReadOnlySpan<double> treated, ReadOnlySpan<double> caseWeights, int count,
        Span<double> residual, Span<double> weight)
    {
        residual[count..].Clear();
        weight[count..].Clear();
        var deviance = 0.0;
        for (var i = 0; i < count; i++)
        {
            var sign = treated[i] > 0 ? 1.0 : -1.0;
            var y = sign * index[i];
            var log = LogProbability(y);
            var mills = Mills(y, log);
            var c = caseWeights.IsEmpty ? 1 : caseWeights[i];
            residual[i] = c * sign * mills;
            weight[i] = c * mills * (mills + y);
            deviance -= 2 * c * log;
        }

        return deviance;
    }

    public override void ToLogOdds(ReadOnlySpan<double> index, Span<double> logOdds)
    {
        for (var i = 0; i < index.Length; i++) logOdds[i] = LogProbability(index[i]) - LogProbability(-index[i]);
    }

    public override double[] Slopes(ReadOnlySpan<double> index)
    {
        var slopes = new double[index.Length];
        for (var i = 0; i < slopes.Length; i++)
        {
            slopes[i] = Mills(index[i], LogProbability(index[i])) + Mills(-index[i], LogProbability(-index[i]));
        }

        return slopes;
    }

    // log Φ(y). Far out Φ itself underflows, and the first terms of its continued fraction are exact to rounding.
    private static double LogProbability(double y) =>
        y < -20 ? (-0.5 * y * y) - LogRootTwoPi - Math.Log(TailFraction(-y)) : Math.Log(0.5 * SpecialFunctions.Erfc(-y / Constants.Sqrt2));

    private static double Mills(double y, double logProbability) =>
        y < -20 ? TailFraction(-y) : Math.Exp((-0.5 * y * y) - LogRootTwoPi - logProbability);

    // φ(x)/Φ(−x) = x + 1/(x + 2/(x + 3/(x + …))).
    private static double TailFraction(double x)
    {
        var value = x;
        for (var k = 12; k >= 1; k--) value = x + (k / value);
        return value;
    }
}
