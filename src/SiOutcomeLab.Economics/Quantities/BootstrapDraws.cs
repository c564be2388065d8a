using SiOutcomeLab.Economics.Money;

namespace SiOutcomeLab.Economics.Quantities;

/// <summary>The quantities as refitted on resampled persons: one draw is one refit of them all.</summary>
public sealed class BootstrapDraws : JointUncertainty
{
    /// <summary>Fewer draws than this leave the ends of a 95 % interval to a handful of them.</summary>
    public const int Fewest = 200;

    private readonly double[][] _draws;

    /// <summary>Takes draws.</summary>
    /// <param name="draws">At least <see cref="Fewest"/>; each holds every quantity, in the quantities' order.</param>
    /// <exception cref="ArgumentException">Too few draws, lengths differ, or a value is not finite.</exception>
    public BootstrapDraws(IReadOnlyList<IReadOnlyList<double>> draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        if (draws.Count < Fewest) throw new ArgumentException($"There must be at least {Fewest} draws.", nameof(draws));
        if (draws.Any(d => d.Count != draws[0].Count)) throw new ArgumentException("Every draw must hold every quantity.", nameof(draws));
        if (draws.Any(d => d.Any(v => !double.IsFinite(v))))
        {
            throw new ArgumentException("A draw holds what is not a finite number.", nameof(draws));
        }

        _draws = [.. draws.Select(d => d.ToArray())];
    }

    private BootstrapDraws(double[][] draws) => _draws = draws;

    internal override int Width => _draws[0].Length;

    internal override JointUncertainty InOrder(IReadOnlyList<int> order) =>
        new BootstrapDraws([.. _draws.Select(d => order.Select(k => d[k]).ToArray())]);

    internal override double StandardErrorOf(int quantity) => Deviation([.. _draws.Select(d => d[quantity])]);

    internal override MoneyEstimate Around(decimal sek, ReadOnlySpan<double> coefficients, double level)
    {
        var sums = new double[_draws.Length];
        for (var b = 0; b < sums.Length; b++)
        {
            for (var k = 0; k < coefficients.Length; k++) sums[b] += coefficients[k] * _draws[b][k];
        }

        var error = Deviation(sums);
        Array.Sort(sums);
        var (low, high) = (Percentile(sums, (1 - level) / 2), Percentile(sums, (1 + level) / 2));
        return new MoneyEstimate(sek, Sek(error), Sek(low), Sek(high), level, IntervalKind.RefitBootstrap);
    }

    private static decimal Sek(double value) => KronaGrid.On(KronaGrid.Of(value));

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    // R's quantile type 6, i.e. place (n + 1)p: the ends do not creep inwards with few draws.
    private static double Percentile(double[] sorted, double p)
    {
        var place = Math.Clamp(((sorted.Length + 1) * p) - 1, 0, sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
