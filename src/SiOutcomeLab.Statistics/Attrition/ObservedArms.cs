using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Attrition;

/// <summary>Observed outcomes of both arms in order, for trimmed means and their influence values.</summary>
internal sealed class ObservedArms
{
    private readonly double[] _outcome;
    private readonly bool[] _treated;
    private readonly bool[] _observed;
    private readonly double[] _weights;
    private readonly int[][] _order;

    public ObservedArms(ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, ReadOnlySpan<bool> observed, double[] weights)
    {
        (_outcome, _treated, _observed, _weights) = (outcome.ToArray(), treated.ToArray(), observed.ToArray(), weights);
        _order = [Ordered(false), Ordered(true)];
    }

    public int Rows(bool arm) => _order[arm ? 1 : 0].Length;

    /// <summary>Difference of means with one arm trimmed, and each row's influence on it.</summary>
    /// <param name="trimTreated">Which arm is trimmed.</param>
    /// <param name="keep">Share of its observed weight that is kept, in (0, 1].</param>
    /// <param name="fromTop">True to trim the highest outcomes.</param>
    /// <param name="shares">Shares observed in the arms.</param>
    public (double Difference, double[] Influence) Difference(
        bool trimTreated, double keep, bool fromTop, (double Treated, double Comparison) shares)
    {
        var influence = new double[_outcome.Length];
        var sign = trimTreated ? 1 : -1;
        var (trimmed, edge) = Mean(trimTreated, keep, fromTop, sign, influence);
        var (whole, _) = Mean(!trimTreated, 1, fromTop, -sign, influence);
        // The share kept is estimated: ln keep = ± (ln q₀ − ln q₁).
        var total = (Treated: Total(true), Comparison: Total(false));
        for (var i = 0; i < influence.Length; i++)
        {
            var (share, all) = _treated[i] ? (shares.Treated, total.Treated) : (shares.Comparison, total.Comparison);
            var onLog = _weights[i] / all * ((_observed[i] ? 1 : 0) - share) / share;
            influence[i] += sign * (edge - trimmed) * (_treated[i] == trimTreated ? -onLog : onLog);
        }

        return (sign * (trimmed - whole), influence);
    }

    private (double Mean, double Edge) Mean(bool arm, double keep, bool fromTop, int sign, double[] influence)
    {
        var order = _order[arm ? 1 : 0];
        CompensatedSum total = default, sum = default;
        foreach (var row in order) total.Add(_weights[row]);
        var mass = keep * total.Value;
        var left = mass;
        var edge = 0.0;
        for (var k = 0; k < order.Length && left > 0; k++)
        {
            var row = order[fromTop ? k : order.Length - 1 - k];
            var part = Math.Min(left, _weights[row]);
            sum.Add(part * _outcome[row]);
            left -= part;
            edge = _outcome[row];
        }

        var mean = sum.Value / mass;
        foreach (var row in order)
        {
            var inside = fromTop ? _outcome[row] < edge : _outcome[row] > edge;
            // Without trimming there is no edge, and the mean's own influence y − μ remains.
            var value = keep >= 1 ? _outcome[row] - mean : (inside ? (_outcome[row] - edge) / keep : 0) + edge - mean;
            influence[row] += sign * _weights[row] / total.Value * value;
        }

        return (mean, keep >= 1 ? mean : edge);
    }

    private double Total(bool arm)
    {
        CompensatedSum total = default;
        for (var i = 0; i < _weights.Length; i++)
        {
            if (_treated[i] == arm) total.Add(_weights[i]);
        }

        return total.Value;
    }

    private int[] Ordered(bool arm)
    {
        int[] rows = [.. Enumerable.Range(0, _outcome.Length).Where(i => _treated[i] == arm && _observed[i] && _weights[i] > 0)];
        Array.Sort(Array.ConvertAll(rows, row => _outcome[row]), rows);
        return rows;
    }
}
