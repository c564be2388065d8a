namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix, A = U diag(d) U': Householder tridiagonalisation, then QL steps with implicit
/// shifts (Bowdler, Martin, Reinsch and Wilkinson 1968, Numerische Mathematik 11, p. 293–306). O(n³), in one fixed order.
/// </summary>
internal sealed class SymmetricEigen
{
    private readonly int _size;
    private readonly double[] _v;
    private readonly double[] _d;
    private readonly double[] _e;

    private SymmetricEigen(ReadOnlySpan<double> matrix, int size)
    {
        _size = size;
        _v = matrix.ToArray();
        _d = new double[size];
        _e = new double[size];
    }

    /// <summary>Eigenvalues, in no particular order.</summary>
    public double[] Values => _d;

    /// <summary>Eigenvectors as columns of a row-major matrix, in the order of <see cref="Values"/>.</summary>
    public double[] Vectors => _v;

    /// <summary>Decomposes; null when the QL steps do not converge, which only happens when a value is NaN or infinite.</summary>
    public static SymmetricEigen? TryDecompose(ReadOnlySpan<double> matrix, int size)
    {
        var eigen = new SymmetricEigen(matrix, size);
        if (size == 0) return eigen;

        eigen.Tridiagonalise();
        return eigen.TryDiagonalise() ? eigen : null;
    }

    /// <summary>U'x.</summary>
    public double[] Rotate(ReadOnlySpan<double> x)
    {
        var rotated = new double[_size];
        for (var i = 0; i < _size; i++) LaneSum.AddScaled(x[i], _v.AsSpan(i * _size, _size), rotated);
        return rotated;
    }

    /// <summary>Ux.</summary>
    public double[] RotateBack(ReadOnlySpan<double> x)
    {
        var back = new double[_size];
        for (var i = 0; i < _size; i++) back[i] = LaneSum.Dot(_v.AsSpan(i * _size, _size), x);
        return back;
    }

    private void Tridiagonalise()
    {
        var n = _size;
        for (var j = 0; j < n; j++) _d[j] = _v[((n - 1) * n) + j];
        for (var i = n - 1; i > 0; i--) Reflect(i);
        for (var i = 0; i < n - 1; i++) AccumulateReflection(i);
        for (var j = 0; j < n; j++)
        {
            _d[j] = _v[((n - 1) * n) + j];
            _v[((n - 1) * n) + j] = 0;
        }

        _v[(n * n) - 1] = 1;
        _e[0] = 0;
    }

    private void Reflect(int i)
    {
        var n = _size;
        double scale = 0, h = 0;
        for (var k = 0; k < i; k++) scale += Math.Abs(_d[k]);
        if (scale == 0)
        {
            _e[i] = _d[i - 1];
            for (var j = 0; j < i; j++)
            {
                _d[j] = _v[((i - 1) * n) + j];
                _v[(i * n) + j] = _v[(j * n) + i] = 0;
            }

            _d[i] = 0;
            return;
        }

        for (var k = 0; k < i; k++)
        {
            _d[k] /= scale;
            h += _d[k] * _d[k];
        }

        var f = _d[i - 1];
        var g = f > 0 ? -Math.Sqrt(h) : Math.Sqrt(h);
        _e[i] = scale * g;
        h -= f * g;
        _d[i - 1] = f - g;
        Array.Clear(_e, 0, i);
        for (var j = 0; j < i; j++)
        {
            f = _d[j];
            _v[(j * n) + i] = f;
            g = _e[j] + (_v[(j * n) + j] * f);
            for (var k = j + 1; k < i; k++)
            {
                g += _v[(k * n) + j] * _d[k];
                _e[k] += _v[(k * n) + j] * f;
            }

            _e[j] = g;
        }

        f = 0;
        for (var j = 0; j < i; j++)
        {
            _e[j] /= h;
            f += _e[j] * _d[j];
        }

        for (var j = 0; j < i; j++) _e[j] -= f / (h + h) * _d[j];
        for (var j = 0; j < i; j++)
        {
            for (var k = j; k < i; k++) _v[(k * n) + j] -= (_d[j] * _e[k]) + (_e[j] * _d[k]);
            _d[j] = _v[((i - 1) * n) + j];
            _v[(i * n) + j] = 0;
        }

        _d[i] = h;
    }

    private void AccumulateReflection(int i)
    {
        var n = _size;
        _v[((n - 1) * n) + i] = _v[(i * n) + i];
        _v[(i * n) + i] = 1;
        var h = _d[i + 1];
        if (h != 0)
        {
            for (var k = 0; k <= i; k++) _d[k] = _v[(k * n) + i + 1] / h;
            for (var j = 0; j <= i; j++)
            {
                double g = 0;
                for (var k = 0; k <= i; k++) g += _v[(k * n) + i + 1] * _v[(k * n) + j];
                for (var k = 0; k <= i; k++) _v[(k * n) + j] -= g * _d[k];
            }
        }

        for (var k = 0; k <= i; k++) _v[(k * n) + i + 1] = 0;
    }

    private bool TryDiagonalise()
    {
        var n = _size;
        for (var i = 1; i < n; i++) _e[i - 1] = _e[i];
        _e[n - 1] = 0;
        double shift = 0, largest = 0;
        for (var l = 0; l < n; l++)
        {
            largest = Math.Max(largest, Math.Abs(_d[l]) + Math.Abs(_e[l]));
            var m = l;
            while (m < n - 1 && Math.Abs(_e[m]) > 1.1e-16 * largest) m++;
            for (var round = 0; m > l && Math.Abs(_e[l]) > 1.1e-16 * largest; round++)
            {
                if (round == 60 || !double.IsFinite(_e[l])) return false;
                shift += Step(l, m);
            }

            _d[l] += shift;
            _e[l] = 0;
        }

        return true;
    }

    private double Step(int l, int m)
    {
        var n = _size;
        var g = _d[l];
        var p = (_d[l + 1] - g) / (2 * _e[l]);
        var r = Math.Sqrt((p * p) + 1);
        if (p < 0) r = -r;
        _d[l] = _e[l] / (p + r);
        _d[l + 1] = _e[l] * (p + r);
        var next = _d[l + 1];
        var h = g - _d[l];
        for (var i = l + 2; i < n; i++) _d[i] -= h;
        p = _d[m];
        double c = 1, c2 = 1, c3 = 1, s = 0, s2 = 0;
        var after = _e[l + 1];
        for (var i = m - 1; i >= l; i--)
        {
            (c3, c2, s2) = (c2, c, s);
            g = c * _e[i];
            var q = c * p;
            r = Math.Sqrt((p * p) + (_e[i] * _e[i]));
            _e[i + 1] = s * r;
            s = _e[i] / r;
            c = p / r;
            p = (c * _d[i]) - (s * g);
            _d[i + 1] = q + (s * ((c * g) + (s * _d[i])));
            for (var k = 0; k < n; k++)
            {
                var at = (k * n) + i;
                var old = _v[at + 1];
                _v[at + 1] = (s * _v[at]) + (c * old);
                _v[at] = (c * _v[at]) - (s * old);
            }
        }

        p = -s * s2 * c3 * after * _e[l] / next;
        _e[l] = s * p;
        _d[l] = c * p;
        return h;
    }
}
