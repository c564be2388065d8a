using System.Runtime.InteropServices;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Benchmarks.Matching;

/// <summary>
/// Made persons: x1–x6 standard normal, x7 and x8 binary (0.5, 0.2), x9 exponential, x10 in {0, 1, 2}; about one in five is treated:
/// logit e = −1.92 + 0.4 x1 − 0.3 x2 + 0.25 x3 + 0.2 x4 − 0.15 x5 + 0.1 x6 + 0.5 x7 − 0.4 x8 + 0.2 x9 + 0.1 x10;
/// y = 2 + x1 + 0.5 x2 − 0.5 x3 + 0.3 x7 + 0.4 x9 + t (1 + 0.3 x1) + noise of standard deviation 2.
/// </summary>
internal sealed record MadePersons(DesignMatrix X, bool[] Treated, double[] Outcome)
{
    private const int Columns = 10;
    private static readonly double[] Slopes = [0.4, -0.3, 0.25, 0.2, -0.15, 0.1, 0.5, -0.4, 0.2, 0.1];

    public static MadePersons Make(int persons, int seed)
    {
        var random = new Random(seed);
        var values = new double[persons * Columns];
        var treated = new bool[persons];
        var outcome = new double[persons];
        for (var i = 0; i < persons; i++)
        {
            var row = values.AsSpan(i * Columns, Columns);
            for (var j = 0; j < 6; j++) row[j] = Normal(random);
            row[6] = random.NextDouble() < 0.5 ? 1 : 0;
            row[7] = random.NextDouble() < 0.2 ? 1 : 0;
            row[8] = -Math.Log(1 - random.NextDouble());
            row[9] = random.Next(3);
            var linear = -1.92;
            for (var j = 0; j < Columns; j++) linear += Slopes[j] * row[j];
            treated[i] = random.NextDouble() < 1 / (1 + Math.Exp(-linear));
            outcome[i] = 2 + row[0] + (0.5 * row[1]) - (0.5 * row[2]) + (0.3 * row[6]) + (0.4 * row[8])
                + (treated[i] ? 1 + (0.3 * row[0]) : 0) + (2 * Normal(random));
        }

        string[] names = [.. Enumerable.Range(1, Columns).Select(j => $"x{j}")];
        return new MadePersons(new DesignMatrix(persons, names, values), treated, outcome);
    }

    /// <summary>Writes covariates, treatment and outcome column after column, as another program reads exactly the same numbers.</summary>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        for (var j = 0; j < Columns; j++) await file.WriteAsync(Bytes(X.Column(j)), cancellationToken);
        await file.WriteAsync(Bytes([.. Treated.Select(treated => treated ? 1.0 : 0.0)]), cancellationToken);
        await file.WriteAsync(Bytes(Outcome), cancellationToken);
    }

    private static byte[] Bytes(ReadOnlySpan<double> values) => MemoryMarshal.AsBytes(values).ToArray();

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
