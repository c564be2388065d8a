using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>The dual of entropy balancing at given parameters: log Σ exp(b'dᵢ), dᵢ a comparison row minus the treated mean.</summary>
internal sealed class EntropyDual
{
    private readonly double[][] _differences;
    private readonly int _rows;
    private double _value;

    private EntropyDual(double[][] differences, int rows)
    {
        _differences = differences;
        _rows = rows;
        Parameters = new double[differences.Length];
        Gradient = new double[differences.Length];
        Shares = new double[rows];
    }

    public int Size => _differences.Length;

    public double[] Parameters { get; private set; }

    /// <summary>Weighted mean of the differences: the gap that is left, per covariate in standard deviations.</summary>
    public double[] Gradient { get; }

    /// <summary>Weight shares of the comparison rows in row order; they add up to 1.</summary>
    public double[] Shares { get; }

    public double LargestGap => Gradient.Length == 0 ? 0 : Gradient.Max(Math.Abs);

    public static EntropyDual From(StandardisedDesign design, ReadOnlySpan<bool> treated)
    {
        var controls = treated.Count(false);
        var differences = new double[design.Size - 1][];
        var column = new double[design.Rows];
        for (var j = 0; j < differences.Length; j++)
        {
            design.Fill(j + 1, column);
            CompensatedSum sum = default;
            for (var i = 0; i < column.Length; i++)
            {
                if (treated[i]) sum.Add(column[i]);
            }

            var mean = sum.Value / (column.Length - controls);
            var difference = new double[controls];
            for (int i = 0, at = 0; i < column.Length; i++)
            {
                if (!treated[i]) difference[at++] = column[i] - mean;
            }

            differences[j] = difference;
        }

        return new EntropyDual(differences, controls);
    }

    public void Evaluate(double[] parameters)
    {
        Parameters = parameters;
        var exponent = Project(parameters);
        var largest = double.NegativeInfinity;
        foreach (var value in exponent) largest = Math.Max(largest, value);
        for (var i = 0; i < _rows; i++) Shares[i] = Math.Exp(exponent[i] - largest);
        var total = LaneSum.Sum(Shares);
        _value = largest + Math.Log(total);
        for (var i = 0; i < _rows; i++) Shares[i] /= total;
        for (var j = 0; j < Size; j++) Gradient[j] = LaneSum.Dot(Shares, _differences[j]);
    }

    public double[] Hessian()
    {
        var hessian = new double[Size * Size];
        var weighted = new double[_rows];
        for (var j = 0; j < Size; j++)
        {
            LaneSum.Multiply(Shares, _differences[j], weighted);
            for (var k = 0; k <= j; k++)
            {
                var product = LaneSum.Dot(weighted, _differences[k]) - (Gradient[j] * Gradient[k]);
                hessian[(j * Size) + k] = hessian[(k * Size) + j] = product;
            }
        }

        return hessian;
    }

    /// <summary>Moves along a descent direction until the dual falls; the same object at its new place.</summary>
    public EntropyDual LowerAlong(double[] direction)
    {
        var before = _value;
        var slope = 0.0;
        for (var j = 0; j < Size; j++) slope += Gradient[j] * direction[j];
        var origin = Parameters;
        var length = 1.0;
        for (var halving = 0; ; halving++)
        {
            var next = new double[Size];
            for (var j = 0; j < Size; j++) next[j] = origin[j] + (length * direction[j]);
            Evaluate(next);
            // A quarter of the promised fall, give or take the rounding of the dual itself.
            if (halving == 40 || _value <= before + (0.25 * length * slope) + (1e-13 * (1 + Math.Abs(before)))) return this;
            length /= 2;
        }
    }

    /// <summary>
    /// True when no comparison row lies beyond the treated mean in this direction, up to a share of the farthest one: then no weights
    /// can reach the mean.
    /// </summary>
    public bool AllOnOneSide(double[] direction, double tolerance)
    {
        var exponent = Project(direction);
        double low = 0, high = double.NegativeInfinity;
        foreach (var value in exponent)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return tolerance == 0 ? high < 0 : low <= -0.3 && high <= -tolerance * low;
    }

    private double[] Project(double[] direction)
    {
        var result = new double[_rows];
        for (var j = 0; j < Size; j++) LaneSum.AddScaled(direction[j], _differences[j], result);
        return result;
    }
}
