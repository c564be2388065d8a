namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// A running sum that carries its rounding error along (Neumaier 1974, ZAMM 54(1), p. 39–51), so that a mean over a million rows in any
/// order agrees to the last few bits.
/// </summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _correction;

    public readonly double Value => _sum + _correction;

    public void Add(double term)
    {
        var next = _sum + term;
        _correction += Math.Abs(_sum) >= Math.Abs(term) ? (_sum - next) + term : (term - next) + _sum;
        _sum = next;
    }
}
