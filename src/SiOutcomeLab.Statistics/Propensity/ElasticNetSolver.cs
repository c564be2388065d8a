using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Solutions along falling penalties, each started from the one before. Per penalty: columns that the sequential strong rule (Tibshirani
/// et al. 2012, JRSS B 74(2), p. 245–266) lets in; Newton steps on their cross-products, each quadratic solved by coordinate descent;
/// then the columns left out are checked against their optimality condition, and those that fail it are let in.
/// </summary>
internal sealed class ElasticNetSolver
{
    private const int MaximumSteps = 100;

    // The error after a Newton step is of the order of its square.
    private const double Tolerance = 1e-7;
    private readonly StandardisedDesign _design;
    private readonly ScorePass _pass;
    private readonly double _mixing;
    private readonly double _total;
    private readonly int _threads;
    private readonly double[] _beta;
    private readonly bool[] _admitted;
    private double[] _gradient;
    private double _last = double.PositiveInfinity;

    public ElasticNetSolver(StandardisedDesign design, ReadOnlySpan<bool> treated, double[] caseWeights, double mixing, int threads)
    {
        (_design, _mixing, _threads) = (design, mixing, threads);
        var arms = ArmTotals.Of(treated, caseWeights);
        _total = arms.Treated + arms.Comparison;
        NullDeviance = arms.NullDeviance;
        _pass = new ScorePass(design, LogitLink.Instance, treated, caseWeights, threads);
        _beta = new double[design.Size];
        _beta[0] = Math.Log(arms.Treated / arms.Comparison);
        _admitted = new bool[design.Size - 1];
        _gradient = Gradient(_pass.Of(design.Select([])), [_beta[0]]);
        Deviance = NullDeviance;
    }

    public double NullDeviance { get; }

    public double Deviance { get; private set; }

    /// <summary>Newton steps for the last penalty.</summary>
    public int Steps { get; private set; }

    public double[] Beta => (double[])_beta.Clone();

    /// <summary>The smallest penalty that leaves every column out; for ridge, which leaves none out, that of α = 0.001.</summary>
    public double LargestPenalty => _gradient.Skip(1).Select(Math.Abs).DefaultIfEmpty(0).Max() / Math.Max(_mixing, 1e-3);

    /// <summary>Goes on to a smaller penalty.</summary>
    /// <returns>False when the Newton steps were used up.</returns>
    public bool Advance(double penalty, CancellationToken cancellationToken)
    {
        // The strong rule knows where the path comes from; its first point is the empty model at its largest penalty.
        var before = double.IsPositiveInfinity(_last) ? Math.Max(penalty, LargestPenalty) : _last;
        for (var j = 0; j < _admitted.Length; j++)
        {
            _admitted[j] |= _mixing == 0 || Math.Abs(_gradient[j + 1]) >= _mixing * ((2 * penalty) - before);
        }

        _last = penalty;
        Steps = 0;
        while (true)
        {
            int[] columns = [.. Enumerable.Range(0, _admitted.Length).Where(j => _admitted[j])];
            if (!Descend(columns, penalty, cancellationToken)) return false;
            if (!Admit(penalty)) return true;
        }
    }

    private bool Descend(int[] columns, double penalty, CancellationToken cancellationToken)
    {
        var pass = columns.Length == _admitted.Length ? _pass : _pass.Of(_design.Select(columns));
        double[] b = [_beta[0], .. columns.Select(j => _beta[j + 1])];
        pass.Run(b);
        var value = Value(pass, b, penalty);
        for (var moved = double.PositiveInfinity; moved > Tolerance;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++Steps > MaximumSteps) return false;
            var target = QuadraticLasso.Minimise(
                Scaled(pass.Score), Scaled(pass.Information), b, penalty * _mixing, penalty * (1 - _mixing));
            moved = b.Zip(target, (from, to) => Math.Abs(to - from)).Max();
            for (var halving = 0; ; halving++)
            {
                var next = b.Zip(target, (from, to) => halving == 0 ? to : from + ((to - from) * Math.Pow(0.5, halving))).ToArray();
                pass.Run(next);
                var there = Value(pass, next, penalty);
                // Near the minimum the value moves less than its own rounding.
                if (halving < 30 && !(there <= value + (1e-13 * (1 + Math.Abs(value))))) continue;
                (b, value) = (next, there);
                break;
            }
        }

        _beta.AsSpan(1).Clear();
        _beta[0] = b[0];
        for (var k = 0; k < columns.Length; k++) _beta[columns[k] + 1] = b[k + 1];
        Deviance = pass.Deviance;
        _gradient = pass == _pass ? Scaled(pass.Score) : Gradient(pass, b);
        return true;
    }

    // Lets columns in whose gradient is larger than their penalty allows; false when there is none.
    private bool Admit(double penalty)
    {
        var any = false;
        for (var j = 0; j < _admitted.Length; j++)
        {
            if (_admitted[j] || Math.Abs(_gradient[j + 1]) <= penalty * _mixing * (1 + 1e-9)) continue;
            any = _admitted[j] = true;
        }

        return any;
    }

    private double[] Gradient(ScorePass pass, double[] b)
    {
        var residual = new double[_design.Rows];
        pass.Run(b, null, residual);
        return Scaled(_design.TransposedTimes(residual, _threads));
    }

    private double Value(ScorePass pass, double[] b, double penalty)
    {
        var sum = 0.0;
        for (var j = 1; j < b.Length; j++) sum += (_mixing * Math.Abs(b[j])) + ((1 - _mixing) / 2 * b[j] * b[j]);
        return (pass.Deviance / (2 * _total)) + (penalty * sum);
    }

    private double[] Scaled(double[] values) => [.. values.Select(value => value / _total)];
}
