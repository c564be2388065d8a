namespace SiOutcomeLab.Simulation.Running;

/// <summary>All replicates of one estimator in one scenario, added up in the replicates' order.</summary>
internal sealed class Tally(string estimator)
{
    private int _covered;
    private int _rejected;
    private int _gatePassed;
    private int _gated;
    private double _errorSum;
    private double _errorSquares;
    private double _seSum;
    private double _truthSum;

    public string Estimator { get; } = estimator;

    public int Replicates { get; private set; }

    public int Estimated { get; private set; }

    public Dictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

    public double Truth => _truthSum / Estimated;

    public double Bias => _errorSum / Estimated;

    /// <summary>Standard deviation of estimate minus truth.</summary>
    public double Spread => Math.Sqrt(Math.Max(0, (_errorSquares / Estimated) - (Bias * Bias)));

    public double BiasError => Spread / Math.Sqrt(Estimated);

    public double MeanStandardError => _seSum / Estimated;

    public double RootMeanSquare => Math.Sqrt(_errorSquares / Estimated);

    public double Coverage => _covered / (double)Estimated;

    /// <summary>99 % interval of the coverage (Wilson).</summary>
    public (double Low, double High) CoverageInterval => Wilson(_covered, Estimated);

    /// <summary>Share of intervals that leave no effect out: power, or type-I error where there is none.</summary>
    public double Rejected => _rejected / (double)Estimated;

    public double RejectedError => Math.Sqrt(Rejected * (1 - Rejected) / Estimated);

    public double? GatePassRate => _gated == 0 ? null : _gatePassed / (double)_gated;

    public void Add(Answer answer)
    {
        Replicates++;
        if (answer.Gate is { } passed)
        {
            _gated++;
            if (passed) _gatePassed++;
        }

        if (answer.Refusal is { } reason)
        {
            Refusals[reason] = Refusals.GetValueOrDefault(reason) + 1;
            return;
        }

        Estimated++;
        var error = answer.Estimate - answer.Truth;
        _errorSum += error;
        _errorSquares += error * error;
        _seSum += answer.StandardError;
        _truthSum += answer.Truth;
        if (answer.Covers) _covered++;
        if (answer.Rejects) _rejected++;
    }

    private static (double Low, double High) Wilson(int hits, int of)
    {
        const double Z = 2.5758293035489004;
        if (of == 0) return (0, 1);
        var share = hits / (double)of;
        var centre = share + (Z * Z / (2 * of));
        var half = Z * Math.Sqrt((share * (1 - share) / of) + (Z * Z / (4.0 * of * of)));
        var scale = 1 + (Z * Z / of);
        return ((centre - half) / scale, (centre + half) / scale);
    }
}
