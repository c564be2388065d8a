using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Generalised least squares at one τ², and the traces of P = W − WX(X'WX)⁻¹X'W that estimators of τ² need. P is never formed: its traces
/// are sums over rows and p × p matrices, so a pass is O(k p²) where the textbook's is O(k³).
/// </summary>
internal sealed class PoolingPass
{
    private readonly PoolingBasis _basis;
    private readonly double[] _ones;
    private readonly double[] _powers;
    private readonly double[] _scratch;
    private Cholesky _information = null!;

    public PoolingPass(PoolingBasis basis)
    {
        _basis = basis;
        Weights = new double[basis.Count];
        Residuals = new double[basis.Count];
        WeightedResiduals = new double[basis.Count];
        _powers = new double[basis.Count];
        _scratch = new double[basis.Count];
        _ones = new double[basis.Count];
        Array.Fill(_ones, 1);
    }

    public double TauSquared { get; private set; }

    /// <summary>1 / (d + τ²).</summary>
    public double[] Weights { get; }

    /// <summary>Coefficients of the orthonormal columns.</summary>
    public double[] Coefficients { get; private set; } = [];

    public double[] Residuals { get; }

    /// <summary>Py = Wr.</summary>
    public double[] WeightedResiduals { get; }

    /// <summary>(Q'WQ)⁻¹.</summary>
    public double[] Inverse { get; private set; } = [];

    /// <summary>y'Py = Σ w r², the generalised Q.</summary>
    public double Quadratic { get; private set; }

    public double WeightSum => LaneSum.Sum(Weights);

    public double SquaredWeightSum => LaneSum.Dot(Weights, Weights);

    /// <summary>y'PPy.</summary>
    public double Square => LaneSum.Dot(WeightedResiduals, WeightedResiduals);

    /// <summary>log |Q'WQ|.</summary>
    public double LogDeterminant { get; private set; }

    /// <summary>Σ log(d + τ²).</summary>
    public double LogVariances
    {
        get
        {
            var sum = 0.0;
            foreach (var weight in Weights) sum -= Math.Log(weight);
            return sum;
        }
    }

    /// <summary>Fits with weights 1 / (d + τ²).</summary>
    public void At(double tauSquared)
    {
        TauSquared = tauSquared;
        var d = _basis.Variances;
        for (var i = 0; i < d.Length; i++) Weights[i] = 1 / (d[i] + tauSquared);
        Fit();
    }

    /// <summary>Fits with equal weights 1.</summary>
    public void Unweighted()
    {
        TauSquared = double.NaN;
        Array.Fill(Weights, 1);
        Fit();
    }

    /// <summary>y'PPPy: half the fall of y'PPy with τ².</summary>
    public double Cubic()
    {
        LaneSum.Multiply(Weights, WeightedResiduals, _scratch);
        var sum = LaneSum.Dot(_scratch, WeightedResiduals);
        Span<double> c = stackalloc double[_basis.Size];
        for (var j = 0; j < c.Length; j++) c[j] = LaneSum.Dot(_scratch, _basis.Regressors[j]);
        for (var j = 0; j < c.Length; j++)
        {
            for (var l = 0; l < c.Length; l++) sum -= Inverse[(j * c.Length) + l] * c[j] * c[l];
        }

        return sum;
    }

    /// <summary>tr P.</summary>
    public double TraceP() => WeightSum - TraceWith(Cross(2, _ones));

    /// <summary>tr PP.</summary>
    public double TracePP() => TracePDP(_ones);

    /// <summary>tr PD for a diagonal matrix D.</summary>
    public double TracePD(double[] diagonal) => LaneSum.Dot(Weights, diagonal) - TraceWith(Cross(2, diagonal));

    /// <summary>tr PDP.</summary>
    public double TracePDP(double[] diagonal)
    {
        LaneSum.Multiply(Weights, Weights, _powers);
        var first = LaneSum.Dot(_powers, diagonal);
        return first - (2 * TraceWith(Cross(3, diagonal))) + TraceWith(Cross(2, _ones), Cross(2, diagonal));
    }

    /// <summary>tr PDPD.</summary>
    public double TracePDPD(double[] diagonal)
    {
        LaneSum.Multiply(Weights, diagonal, _powers);
        var first = LaneSum.Dot(_powers, _powers);
        var square = new double[diagonal.Length];
        LaneSum.Multiply(diagonal, diagonal, square);
        var once = Cross(2, diagonal);
        return first - (2 * TraceWith(Cross(3, square))) + TraceWith(once, once);
    }

    private void Fit()
    {
        var q = _basis.Size;
        _information = Cholesky.TryFactor(Cross(1, _ones), q)
            ?? throw new InvalidOperationException("Weighted orthonormal columns are independent for positive weights.");
        Inverse = _information.Inverse();
        LogDeterminant = _information.LogDeterminant();
        Coefficients = new double[q];
        _basis.Y.CopyTo(Residuals, 0);
        // The second round wins back digits when weights span many orders of magnitude.
        for (var round = 0; round < 2; round++)
        {
            LaneSum.Multiply(Weights, Residuals, WeightedResiduals);
            var score = new double[q];
            for (var j = 0; j < q; j++) score[j] = LaneSum.Dot(_basis.Regressors[j], WeightedResiduals);
            var step = _information.Solve(score);
            for (var j = 0; j < q; j++)
            {
                Coefficients[j] += step[j];
                LaneSum.AddScaled(-step[j], _basis.Regressors[j], Residuals);
            }
        }

        LaneSum.Multiply(Weights, Residuals, WeightedResiduals);
        Quadratic = LaneSum.Dot(Residuals, WeightedResiduals);
    }

    // Q' W^power D Q.
    private double[] Cross(int power, double[] diagonal)
    {
        var q = _basis.Size;
        LaneSum.Multiply(Weights, diagonal, _powers);
        for (var i = 1; i < power; i++) LaneSum.Multiply(Weights, _powers, _powers);
        var matrix = new double[q * q];
        for (var j = 0; j < q; j++)
        {
            LaneSum.Multiply(_powers, _basis.Regressors[j], _scratch);
            for (var l = 0; l <= j; l++)
            {
                matrix[(j * q) + l] = matrix[(l * q) + j] = LaneSum.Dot(_scratch, _basis.Regressors[l]);
            }
        }

        return matrix;
    }

    private double TraceWith(double[] matrix)
    {
        var sum = 0.0;
        for (var i = 0; i < matrix.Length; i++) sum += Inverse[i] * matrix[i];
        return sum;
    }

    private double TraceWith(double[] a, double[] b)
    {
        var q = _basis.Size;
        var sum = 0.0;
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                double left = 0, right = 0;
                for (var l = 0; l < q; l++)
                {
                    left += Inverse[(i * q) + l] * a[(l * q) + j];
                    right += Inverse[(j * q) + l] * b[(l * q) + i];
                }

                sum += left * right;
            }
        }

        return sum;
    }
}
