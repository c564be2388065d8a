using SiOutcomeLab.Statistics.Power;

namespace SiOutcomeLab.Statistics.Tests.Power;

public sealed class ExplainedVarianceTests
{
    private static readonly double[] Mpg =
    [
        21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2,
        13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4,
    ];

    private static readonly double[] Weight =
    [
        2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2, 1.615, 1.835, 2.465, 3.52,
        3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78,
    ];

    private static readonly double[] Power =
    [
        110, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180, 180, 180, 205, 215, 230, 66, 52, 65, 97, 150, 150, 245, 175, 66, 91, 113, 264,
        175, 335, 109,
    ];

    private static readonly double[] Seconds =
    [
        16.46, 17.02, 18.61, 19.44, 17.02, 20.22, 15.84, 20, 22.9, 18.3, 18.9, 17.4, 17.6, 18, 17.98, 17.82, 17.42, 19.47, 18.52, 19.9, 20.01,
        16.87, 17.3, 15.41, 17.05, 18.9, 16.7, 16.9, 14.5, 15.5, 14.6, 18.6,
    ];

    // R 4.2.2: summary(lm(mpg ~ wt + hp + qsec, mtcars))$adj.r.squared
    [Fact]
    public void Adjusted_MotorTrends_IsWhatRSays() => Assert.Equal(0.817064307602883, Share(Design(Weight, Power, Seconds), Mpg), 1e-10);

    // A column that says what others have said takes no degree of freedom.
    [Fact]
    public void Adjusted_ARepeatedColumn_ChangesNothing() => Assert.Equal(
        Share(Design(Weight, Power), Mpg), Share(Design(Weight, Power, [.. Weight.Select((w, i) => (2 * w) - Power[i])]), Mpg), 1e-9);

    // Noise of variance 1 beside a covariate of variance 3: three quarters are explained; 20,000 persons, error about 0.004.
    [Fact]
    public void Adjusted_MadePersons_FindsTheShareTheyWereMadeWith()
    {
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, 20_000).Select(_ => Math.Sqrt(3) * Normal(random))];
        double[] y = [.. x.Select(v => v + Normal(random))];

        Assert.Equal(0.75, Share(Design(x), y), 0.016);
        Assert.InRange(Share(Design([.. x.Select(_ => Normal(random))]), y), 0, 0.002);
    }

    [Fact]
    public void Adjusted_NothingToExplain_IsNotEstimable()
    {
        Assert.IsType<NotEstimable<double>>(ExplainedVariance.Adjusted(Design([1, 2, 3]), [5, 5, 5]));
        Assert.IsType<NotEstimable<double>>(ExplainedVariance.Adjusted(Design([1, 2]), [5, 6]));
        Assert.Throws<ArgumentException>(() => ExplainedVariance.Adjusted(Design([1, 2]), [5]));
    }

    private static double Share(DesignMatrix design, double[] outcome) => Assert.IsType<Estimated<double>>(ExplainedVariance.Adjusted(design, outcome)).Value;

    private static DesignMatrix Design(params double[][] columns) => new(
        columns[0].Length,
        [.. columns.Select((_, j) => $"x{j}")],
        [.. Enumerable.Range(0, columns[0].Length).SelectMany(i => columns.Select(c => c[i]))]);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
