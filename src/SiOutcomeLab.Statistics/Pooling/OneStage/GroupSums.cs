using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>
/// All that a random-intercept linear model needs of the rows: cross products over all of them and sums per group. With V = I + θZZ',
/// V⁻¹ within a group is I − θ / (1 + nθ) 11'.
/// </summary>
internal sealed class GroupSums
{
    private readonly int _size;
    private readonly int _count;
    private readonly double[] _cross;
    private readonly double[] _byGroup;
    private readonly GroupedRows _rows;

    public GroupSums(StandardColumns columns, GroupedRows rows, double[] outcome)
    {
        (_size, _rows, _count) = (columns.Size, rows, outcome.Length);
        var width = _size + 1;
        Centre = LaneSum.Sum(outcome) / _count;
        var (ones, y) = (new double[_count], new double[_count]);
        Array.Fill(ones, 1);
        for (var i = 0; i < _count; i++) y[i] = outcome[rows.Rows[i]] - Centre;
        double[][] all = [ones, .. columns.Columns, y];
        _cross = new double[width * width];
        _byGroup = new double[rows.Count * width];
        for (var j = 0; j < width; j++)
        {
            for (var l = 0; l <= j; l++) _cross[(j * width) + l] = _cross[(l * width) + j] = LaneSum.Dot(all[j], all[l]);
            for (var g = 0; g < rows.Count; g++)
            {
                _byGroup[(g * width) + j] = LaneSum.Sum(all[j].AsSpan(rows.Starts[g], rows.Starts[g + 1] - rows.Starts[g]));
            }
        }
    }

    /// <summary>The outcome's mean, taken off before sums of squares.</summary>
    public double Centre { get; }

    /// <summary>The fit at a ratio θ of variances; null when no residual is left.</summary>
    public LinearFit? At(double theta)
    {
        var width = _size + 1;
        var matrix = (double[])_cross.Clone();
        var logs = 0.0;
        for (var g = 0; g < _rows.Count; g++)
        {
            var n = (double)(_rows.Starts[g + 1] - _rows.Starts[g]);
            var factor = theta / (1 + (n * theta));
            logs += Math.Log(1 + (n * theta));
            var sums = _byGroup.AsSpan(g * width, width);
            for (var j = 0; j < width; j++) LaneSum.AddScaled(-factor * sums[j], sums, matrix.AsSpan(j * width, width));
        }

        var (block, right) = (new double[_size * _size], new double[_size]);
        for (var j = 0; j < _size; j++)
        {
            matrix.AsSpan(j * width, _size).CopyTo(block.AsSpan(j * _size));
            right[j] = matrix[(j * width) + _size];
        }

        if (Cholesky.TryFactor(block, _size) is not { } factorised) return null;
        var b = factorised.Solve(right);
        var rest = matrix[(_size * width) + _size] - LaneSum.Dot(b, right);
        if (!(rest > 1e-14 * _cross[^1])) return null;
        var free = _count - _size;
        var variance = rest / free;
        var criterion = (free * (1 + Math.Log(2 * Math.PI * variance))) + logs + factorised.LogDeterminant();
        return new LinearFit(b, factorised.Inverse(), variance, -0.5 * criterion);
    }

    /// <summary>
    /// Derivative of the restricted log-likelihood in θ: with s the weighted group sums of residuals,
    /// ½ [Σ s² / σ² − Σ n/(1 + nθ) + tr((X'V⁻¹X)⁻¹ Σ zz')], z the weighted group sums of regressors.
    /// </summary>
    public double Slope(double theta)
    {
        if (At(theta) is not { } fit) return 0;
        var width = _size + 1;
        double squares = 0, determinant = 0;
        for (var g = 0; g < _rows.Count; g++)
        {
            var n = (double)(_rows.Starts[g + 1] - _rows.Starts[g]);
            var share = 1 / (1 + (n * theta));
            var sums = _byGroup.AsSpan(g * width, width);
            var residual = (sums[_size] - LaneSum.Dot(fit.Coefficients, sums[.._size])) * share;
            squares += residual * residual;
            determinant += n * share;
            for (var j = 0; j < _size; j++)
            {
                for (var l = 0; l < _size; l++) determinant -= fit.Inverse[(j * _size) + l] * sums[j] * sums[l] * share * share;
            }
        }

        return 0.5 * ((squares / fit.Variance) - determinant);
    }

    public GroupEffect Effect(int group, double theta, LinearFit fit)
    {
        var width = _size + 1;
        var n = _rows.Starts[group + 1] - _rows.Starts[group];
        var sums = _byGroup.AsSpan(group * width, width);
        var factor = theta / (1 + (n * theta));
        var residual = sums[_size] - LaneSum.Dot(fit.Coefficients, sums[.._size]);
        return new GroupEffect(_rows.Codes[group], n, factor * residual, Math.Sqrt(fit.Variance * factor));
    }
}
