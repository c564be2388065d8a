using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Balance;

/// <summary>Weighted mean and variance of one arm, and Kish's effective number of its rows.</summary>
internal readonly record struct Moments(double Mean, double Variance, double Effective)
{
    public static Moments Of(double[] values, bool[] treated, bool arm, double[] weights, ColumnKind kind)
    {
        CompensatedSum weight = default, weightSquared = default, sum = default;
        for (var i = 0; i < values.Length; i++)
        {
            if (treated[i] != arm) continue;
            weight.Add(weights[i]);
            weightSquared.Add(weights[i] * weights[i]);
            sum.Add(weights[i] * values[i]);
        }

        var mean = sum.Value / weight.Value;
        var effective = weight.Value * weight.Value / weightSquared.Value;
        if (kind == ColumnKind.Binary) return new Moments(mean, mean * (1 - mean), effective);

        CompensatedSum squares = default;
        for (var i = 0; i < values.Length; i++)
        {
            if (treated[i] == arm) squares.Add(weights[i] * (values[i] - mean) * (values[i] - mean));
        }

        // 1 − Σ w² with w adding up to 1; a single row has no variance to tell.
        var free = 1 - (1 / effective);
        return new Moments(mean, free > 1e-12 ? squares.Value / weight.Value / free : 0, effective);
    }
}
