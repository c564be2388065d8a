using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>Persons' events in groups under a logistic model.</summary>
internal sealed class BernoulliLikelihood : GroupLikelihood
{
    private readonly StandardColumns _columns;
    private readonly GroupedRows _groups;
    private readonly double[] _events;
    private readonly double[] _predictors;

    public BernoulliLikelihood(StandardColumns columns, GroupedRows groups, ReadOnlySpan<bool> events)
    {
        (_columns, _groups) = (columns, groups);
        _events = new double[groups.Rows.Length];
        _predictors = new double[groups.Rows.Length];
        for (var i = 0; i < _events.Length; i++) _events[i] = events[groups.Rows[i]] ? 1 : 0;
    }

    public override int Groups => _groups.Count;

    public override int Coefficients => _columns.Size;

    public override void SetCoefficients(ReadOnlySpan<double> coefficients)
    {
        Array.Fill(_predictors, coefficients[0]);
        for (var j = 1; j < coefficients.Length; j++) LaneSum.AddScaled(coefficients[j], _columns.Columns[j - 1], _predictors);
    }

    public override GroupTerms At(int group, double shift, Span<double> derivatives)
    {
        derivatives.Clear();
        double value = 0, score = 0, information = 0, slope = 0, product = 1;
        var (start, end) = (_groups.Starts[group], _groups.Starts[group + 1]);
        for (var i = start; i < end; i++)
        {
            var eta = _predictors[i] + shift;
            var decay = Math.Exp(-Math.Abs(eta));
            var inverse = 1 / (1 + decay);
            var probability = eta >= 0 ? inverse : decay * inverse;
            var (residual, weight) = (_events[i] - probability, decay * inverse * inverse);
            var turn = weight * (1 - (2 * probability));
            value += (_events[i] * eta) - Math.Max(eta, 0);
            // One logarithm for many factors between 1 and 2.
            product *= 1 + decay;
            if (product > 1e290)
            {
                value -= Math.Log(product);
                product = 1;
            }

            score += residual;
            information += weight;
            slope += turn;
            if (!derivatives.IsEmpty) Add(i, residual, weight, turn, derivatives);
        }

        if (!derivatives.IsEmpty) derivatives[0] = score;
        if (derivatives.Length > Coefficients) (derivatives[Coefficients], derivatives[2 * Coefficients]) = (information, slope);
        return new GroupTerms(value - Math.Log(product), score, information, slope);
    }

    private void Add(int i, double residual, double weight, double turn, Span<double> derivatives)
    {
        var p = Coefficients;
        for (var j = 1; j < p; j++)
        {
            var x = _columns.Columns[j - 1][i];
            derivatives[j] += residual * x;
            if (derivatives.Length == p) continue;
            derivatives[p + j] += weight * x;
            derivatives[(2 * p) + j] += turn * x;
        }
    }
}
