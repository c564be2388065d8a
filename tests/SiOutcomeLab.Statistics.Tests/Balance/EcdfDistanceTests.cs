using SiOutcomeLab.Statistics.Balance;

namespace SiOutcomeLab.Statistics.Tests.Balance;

/// <summary>The bucketed distances against a plain sort and count. Sums run in another order there, hence 1e-12.</summary>
public sealed class EcdfDistanceTests
{
    public static TheoryData<string> Shapes =>
        ["normal", "skewed", "half zero", "whole", "few", "huge range", "tight", "negative whole", "one far out", "pairs apart"];

    [Theory, MemberData(nameof(Shapes))]
    public void Compute_AnyShape_IsThePlainSortAndCount(string shape)
    {
        foreach (var (rows, lower) in new[] { (7, 0.3), (300, 0.4), (6_000, 0.3), (6_000, 0.4), (40_000, 0.3), (40_000, 0.4) })
        {
            var random = new Random(rows);
            double[] values = [.. Enumerable.Range(0, rows).Select(_ => Value(shape, random))];
            var middle = values.Order().ElementAt(rows / 2);
            bool[] treated = [.. values.Select((value, i) => i < 2 ? i == 0 : random.NextDouble() < (value > middle ? 0.35 : lower))];
            // Weights that turn the arms' difference to the other sign, so that each side's largest distance is looked for alone.
            var raised = lower < 0.35;
            double[] weights = [.. values.Select((value, i) => treated[i] ? 1 : random.NextDouble() * (value > middle == raised ? 4 : 1))];
            for (var i = 2; i < rows; i += 5) weights[i] = treated[i] ? 1 : 0;
            var options = new BalanceOptions { MeanEcdfDifference = true };
            var x = new DesignMatrix(rows, ["a"], values, [ColumnKind.Continuous]);
            var with = BalanceTable.Compute(x, treated, weights, options).Value().Covariates[0];
            var without = BalanceTable.Compute(x, treated, weights).Value().Covariates[0];
            var (most, mean) = Plain(values, treated, [.. treated.Select(_ => 1.0)]);
            Assert.Equal(most, with.Before.KolmogorovSmirnov, 1e-12);
            Assert.Equal(most, without.Before.KolmogorovSmirnov, 1e-12);
            Assert.Equal(mean, with.Before.MeanEcdfDifference!.Value, 1e-12);
            (most, mean) = Plain(values, treated, weights);
            Assert.Equal(most, with.After.KolmogorovSmirnov, 1e-12);
            Assert.Equal(most, without.After.KolmogorovSmirnov, 1e-12);
            Assert.Equal(mean, with.After.MeanEcdfDifference!.Value, 1e-12);
            Assert.Null(without.After.MeanEcdfDifference);
        }
    }

    private static double Value(string shape, Random random) => shape switch
    {
        "normal" => Simulated.Normal(random),
        "skewed" => Math.Exp(4 * Simulated.Normal(random)),
        "half zero" => random.Next(2) == 0 ? 0 : Math.Exp(9 + Simulated.Normal(random)),
        "whole" => random.Next(18, 66),
        "few" => random.Next(5) * 0.1,
        "huge range" => Math.Sign(random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 308)),
        "tight" => 1 + (random.Next(1000) * double.Epsilon * 1e300) + (random.Next(50) * 2.220446049250313E-16),
        "negative whole" => random.Next(-20_000, -1),
        "one far out" => random.Next(3000) == 0 ? 1e12 : Simulated.Normal(random),
        _ => (random.Next(2) * 1e6) + (random.NextDouble() * 1e-6)
    };

    private static (double Most, double Mean) Plain(double[] values, bool[] treated, double[] weights)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        var own = treated.Zip(weights, (t, w) => t ? w : 0).Sum();
        var other = weights.Sum() - own;
        double difference = 0, most = 0, sum = 0;
        var distinct = 0;
        for (var at = 0; at < order.Length; at++)
        {
            var i = order[at];
            difference += treated[i] ? weights[i] / own : -weights[i] / other;
            if (at + 1 < order.Length && values[order[at + 1]] == values[i]) continue;
            most = Math.Max(most, Math.Abs(difference));
            sum += Math.Abs(difference);
            distinct++;
        }

        return (most, sum / distinct);
    }
}
