using MathNet.Numerics;
using SiOutcomeLab.Statistics.Pooling.EffectSizes;

namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>
/// Tables given their margins: the events among the treated follow Fisher's noncentral hypergeometric distribution with log odds ratio θ,
/// so each stratum's own level drops out.
/// </summary>
internal sealed class TableLikelihood : GroupLikelihood
{
    private readonly double[][] _logWeights;
    private readonly int[] _first;
    private readonly int[] _observed;
    private double _effect;

    public TableLikelihood(IReadOnlyList<TwoByTwo> tables)
    {
        _logWeights = new double[tables.Count][];
        _first = new int[tables.Count];
        _observed = [.. tables.Select(t => t.TreatedEvents)];
        for (var i = 0; i < tables.Count; i++)
        {
            var (n1, n0, m) = ((int)tables[i].Treated, (int)tables[i].Comparison, (int)tables[i].Events);
            _first[i] = Math.Max(0, m - n0);
            var last = Math.Min(m, n1);
            _logWeights[i] = new double[last - _first[i] + 1];
            for (var x = _first[i]; x <= last; x++)
            {
                _logWeights[i][x - _first[i]] = SpecialFunctions.BinomialLn(n1, x) + SpecialFunctions.BinomialLn(n0, m - x);
            }
        }
    }

    public override int Groups => _logWeights.Length;

    public override int Coefficients => 1;

    /// <summary>The least and the most events that the treated of a stratum can have.</summary>
    public (int Least, int Most) Support(int group) => (_first[group], _first[group] + _logWeights[group].Length - 1);

    public override void SetCoefficients(ReadOnlySpan<double> coefficients) => _effect = coefficients[0];

    public override GroupTerms At(int group, double shift, Span<double> derivatives)
    {
        var weights = _logWeights[group];
        var (theta, observed) = (_effect + shift, _observed[group] - _first[group]);
        var highest = double.NegativeInfinity;
        for (var x = 0; x < weights.Length; x++) highest = Math.Max(highest, weights[x] + (x * theta));
        double sum = 0, first = 0;
        for (var x = 0; x < weights.Length; x++)
        {
            var share = Math.Exp(weights[x] + (x * theta) - highest);
            sum += share;
            first += x * share;
        }

        var mean = first / sum;
        double second = 0, third = 0;
        for (var x = 0; x < weights.Length; x++)
        {
            var (share, away) = (Math.Exp(weights[x] + (x * theta) - highest), x - mean);
            second += away * away * share;
            third += away * away * away * share;
        }

        var terms = new GroupTerms(
            weights[observed] + (observed * theta) - highest - Math.Log(sum), observed - mean, second / sum, third / sum);
        Copy(terms, derivatives);
        return terms;
    }
}
