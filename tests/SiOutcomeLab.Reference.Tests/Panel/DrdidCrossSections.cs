using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Reference.Tests.Panel;

/// <summary>
/// Doubly robust group-time effects of rows, naive, with DRDID 1.2.3's influence function as it stands: there the coefficients of the
/// comparison regression before treatment carry the sign of those after treatment where they move the means of residuals. With that one
/// sign every standard error of did is met; with the derivative's sign it is the engine's.
/// </summary>
internal sealed class DrdidCrossSections(double signBefore)
{
    private readonly List<(int Group, int Period, double Effect, double[] Influence)> _cells = [];
    private double[] _share = [];
    private int[] _first = [];

    public IReadOnlyList<(int Group, int Period, double Effect, double[] Influence)> Cells => _cells;

    /// <summary>Estimates from rows with a unit number from 0 each.</summary>
    public void Estimate(int[] rows, int[] unit)
    {
        _first = new int[unit.Max() + 1];
        for (var i = 0; i < rows.Length; i++) _first[unit[i]] = SimulatedPanel.First[rows[i]];
        foreach (var group in new[] { 4, 5, 7 })
        {
            for (var period = 2; period <= 8; period++)
            {
                var from = period < group ? period - 1 : group - 1;
                int[] used = [.. Enumerable.Range(0, rows.Length).Where(i => SimulatedPanel.Time[rows[i]] == period || SimulatedPanel.Time[rows[i]] == from)
                    .Where(i => SimulatedPanel.First[rows[i]] == group || SimulatedPanel.First[rows[i]] == PanelRows.NeverTreated)];
                var influence = new double[_first.Length];
                var (effect, perRow) = Cell([.. used.Select(i => rows[i])], group, period);
                for (var k = 0; k < used.Length; k++) influence[unit[used[k]]] += perRow[k];
                _cells.Add((group, period, effect, influence));
            }
        }

        _share = [.. _cells.Select(cell => (double)_first.Count(first => first == cell.Group))];
    }

    /// <summary>Error of the average of some cells by cohort size, cohort sizes estimated; also its influence.</summary>
    public (double Error, double[] Influence) BySize(Func<int, int, bool> chosen)
    {
        int[] kept = [.. Enumerable.Range(0, _cells.Count).Where(i => chosen(_cells[i].Group, _cells[i].Period))];
        var total = kept.Sum(i => _share[i]);
        var mean = kept.Sum(i => _share[i] * _cells[i].Effect) / total;
        var influence = new double[_first.Length];
        foreach (var i in kept)
        {
            for (var unit = 0; unit < influence.Length; unit++)
            {
                influence[unit] += ((_share[i] * _cells[i].Influence[unit]) + (_first[unit] == _cells[i].Group ? _cells[i].Effect - mean : 0)) / total;
            }
        }

        return (Error(influence), influence);
    }

    public static double Error(IEnumerable<double> influence) => Math.Sqrt(influence.Sum(value => value * value));

    private (double Effect, double[] Influence) Cell(int[] rows, int group, int period)
    {
        var n = rows.Length;
        double[][] x = [.. rows.Select(row => new[] { 1, SimulatedPanel.X1[row], SimulatedPanel.X2[row] })];
        double[] y = [.. rows.Select(row => SimulatedPanel.Outcome[row])];
        double[] d = [.. rows.Select(row => SimulatedPanel.First[row] == group ? 1.0 : 0)];
        double[] late = [.. rows.Select(row => SimulatedPanel.Time[row] == period ? 1.0 : 0)];
        var gamma = new double[3];
        double[] e = [];
        for (var round = 0; round < 8; round++)
        {
            e = [.. x.Select(row => 1 / (1 + Math.Exp(-Dot(row, gamma))))];
            var step = Solve(x, [.. e.Select(p => p * (1 - p))], Moment(x, [.. d.Zip(e, (t, p) => t - p)]));
            gamma = [.. gamma.Zip(step, (a, b) => a + b)];
        }

        double[] odds = [.. e.Select((p, i) => d[i] == 1 || p >= 0.995 ? 0 : p / (1 - p))];
        var influence = new double[n];
        var effect = 0.0;
        var scoreMoves = new double[3];
        foreach (var after in new[] { 1.0, 0.0 })
        {
            var sign = after == 1 ? 1 : -1;
            double[] inTime = [.. late.Select(value => value == after ? 1.0 : 0)];
            double[] control = [.. d.Select((t, i) => (1 - t) * inTime[i])], treated = [.. d.Select((t, i) => t * inTime[i])];
            double[] weighted = [.. odds.Select((o, i) => o * inTime[i])];
            var fitControl = Solve(x, control, Moment(x, [.. control.Zip(y, (w, v) => w * v)]));
            var fitTreated = Solve(x, treated, Moment(x, [.. treated.Zip(y, (w, v) => w * v)]));
            double[] residual = [.. y.Select((v, i) => v - Dot(x[i], fitControl))];
            double[] contrast = [.. x.Select(row => Dot(row, fitTreated) - Dot(row, fitControl))];
            foreach (var (factor, weights, values) in new[] { (1, treated, residual), (-1, weighted, residual), (1, d, contrast), (-1, treated, contrast) })
            {
                var total = weights.Sum();
                var mean = Dot(weights, values) / total;
                effect += sign * factor * mean;
                for (var i = 0; i < n; i++) influence[i] += sign * factor * weights[i] * (values[i] - mean) / total;
                if (weights == weighted) scoreMoves = [.. scoreMoves.Zip(Moment(x, [.. weights.Select((w, i) => sign * factor * w * (values[i] - mean) / total)]), (a, b) => a + b)];
            }

            double[] atTreated = Mean(x, treated), atControl = Mean(x, weighted), all = Mean(x, d);
            var signOfMeans = after == 1 ? 1 : signBefore;
            Carry(control, residual, [.. atTreated.Select((v, j) => (signOfMeans * (atControl[j] - v)) + (sign * (v - all[j])))]);
            Carry(treated, [.. y.Select((v, i) => v - Dot(x[i], fitTreated))], [.. all.Select((v, j) => sign * (v - atTreated[j]))]);
        }

        var moved = Solve(x, [.. e.Select(p => p * (1 - p))], scoreMoves);
        for (var i = 0; i < n; i++) influence[i] += (d[i] - e[i]) * Dot(x[i], moved);
        return (effect, influence);

        void Carry(double[] weights, double[] residual, double[] direction)
        {
            var by = Solve(x, weights, direction);
            for (var i = 0; i < n; i++) influence[i] += weights[i] * residual[i] * Dot(x[i], by);
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static double[] Moment(double[][] x, double[] factor) => [.. Enumerable.Range(0, 3).Select(j => x.Select((row, i) => row[j] * factor[i]).Sum())];

    private static double[] Mean(double[][] x, double[] weights) => [.. Moment(x, weights).Select(sum => sum / weights.Sum())];

    // (X'WX)⁻¹ b for three columns, by Gauss–Jordan.
    private static double[] Solve(double[][] x, double[] weights, double[] b)
    {
        var a = new double[3, 4];
        for (var j = 0; j < 3; j++)
        {
            a[j, 3] = b[j];
            for (var k = 0; k < 3; k++) a[j, k] = x.Select((row, i) => weights[i] * row[j] * row[k]).Sum();
        }

        for (var pivot = 0; pivot < 3; pivot++)
        {
            for (var row = 0; row < 3; row++)
            {
                var factor = a[row, pivot] / a[pivot, pivot];
                for (var k = 0; k < 4 && row != pivot; k++) a[row, k] -= factor * a[pivot, k];
            }
        }

        return [a[0, 3] / a[0, 0], a[1, 3] / a[1, 1], a[2, 3] / a[2, 2]];
    }
}
