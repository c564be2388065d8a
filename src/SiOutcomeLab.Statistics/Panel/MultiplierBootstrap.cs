using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Numerics;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Estimand: standard errors of several estimates, and the critical value of bands that cover all of them at once (sup-t).
/// Formula: draw b is Σᵢ vᵢ φᵢ over units or clusters with independent two-valued multipliers v of mean 0 and variance 1; standard error
/// = interquartile range of the draws / (z₀.₇₅ − z₀.₂₅); critical value = the level's quantile of max |draw / standard error|.
/// Arguments: influence per estimate and unit or cluster, scaled so that squares sum to the variance.
/// Result: <see cref="UniformBand"/>; an estimate without influence (a base period) has standard error 0 and no part in the maximum.
/// Not estimable when: no estimate has influence; so few clusters that half of the draws are alike.
/// Ties, order, seed: quantiles are order statistics (R's type 1); draw b has its own generator, made from seed and b, so neither threads
/// nor other draws change it.
/// Source: Callaway and Sant'Anna (2021), Journal of Econometrics 225(2), p. 200–230, algorithm 1; Mammen (1993), Annals of Statistics
/// 21(1), p. 255–285.
/// Checked against: did 2.5.1 with 20 000 draws (3 %), analytic standard errors, and the normal distribution's exact maximum.
/// </summary>
internal static class MultiplierBootstrap
{
    public static Estimable<UniformBand> Run(
        double[][] influence, MultiplierBootstrapOptions options, double level, int? threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Draws, 10, nameof(options));
        RowGuards.Level(level);
        int[] live = [.. Enumerable.Range(0, influence.Length).Where(k => influence[k].Any(value => value != 0))];
        if (live.Length == 0) return Estimable.Not<UniformBand>(NotEstimableReason.NoVariation, "No estimate varies with its units.");

        var draws = Draw([.. live.Select(k => influence[k])], options, threads, cancellationToken);
        var errors = new double[influence.Length];
        var column = new double[options.Draws];
        var largest = new double[options.Draws];
        var range = Normal.InvCDF(0, 1, 0.75) - Normal.InvCDF(0, 1, 0.25);
        for (var k = 0; k < live.Length; k++)
        {
            for (var b = 0; b < column.Length; b++) column[b] = draws[b][k];
            Array.Sort(column);
            var error = errors[live[k]] = (Quantile(column, 0.75) - Quantile(column, 0.25)) / range;
            if (!(error > 0))
            {
                return Estimable.Not<UniformBand>(
                    NotEstimableReason.TooFewObservations, "The draws take too few values for a standard error: too few clusters.");
            }

            for (var b = 0; b < largest.Length; b++) largest[b] = Math.Max(largest[b], Math.Abs(draws[b][k] / error));
        }

        Array.Sort(largest);
        return Estimable.Of(new UniformBand(errors, Quantile(largest, level), level, options.Draws, options.Seed));
    }

    private static double Quantile(double[] sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling((sorted.Length * share) - 1e-9) - 1, 0, sorted.Length - 1)];

    private static double[][] Draw(
        double[][] influence, MultiplierBootstrapOptions options, int? threads, CancellationToken cancellationToken)
    {
        var (rows, width) = (influence[0].Length, influence.Length);
        var byRow = new double[rows * width];
        var totals = new double[width];
        for (var k = 0; k < width; k++)
        {
            totals[k] = LaneSum.Sum(influence[k]);
            for (var i = 0; i < rows; i++) byRow[(i * width) + k] = influence[k][i];
        }

        // Two values only: every unit has the low one, and those drawn get the difference on top.
        var root = Math.Sqrt(5);
        var (low, high, share) = options.Multiplier == Multiplier.Mammen
            ? ((1 - root) / 2, (1 + root) / 2, (root - 1) / (2 * root))
            : (-1, 1, 0.5);
        var threshold = (uint)Math.Round(share * uint.MaxValue);
        var draws = new double[options.Draws][];
        var parallelism = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount, CancellationToken = cancellationToken
        };
        Parallel.For(0, draws.Length, parallelism, b =>
        {
            var random = ReplicateRandom.Resampling(options.Seed, b);
            var sum = new double[width];
            for (var i = 0; i < rows; i++)
            {
                if (random.Bits() < threshold) Add(byRow.AsSpan(i * width, width), sum);
            }

            for (var k = 0; k < width; k++) sum[k] = (low * totals[k]) + ((high - low) * sum[k]);
            draws[b] = sum;
        });
        return draws;
    }

    private static void Add(ReadOnlySpan<double> row, Span<double> sum)
    {
        for (var k = 0; k < sum.Length; k++) sum[k] += row[k];
    }
}
