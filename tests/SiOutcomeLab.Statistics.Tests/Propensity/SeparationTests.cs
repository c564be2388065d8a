using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Tests.Propensity;

public sealed class SeparationTests
{
    [Fact]
    public void Fit_BinaryColumnWithoutTreated_NamesTheColumn()
    {
        // Quasi-separation: nobody with flag = 1 is treated, and both kinds are found with flag = 0.
        var data = Simulated.Draw(300, 1);
        double[] flag = [.. data.Treated.Select((t, i) => !t && i % 3 == 0 ? 1.0 : 0.0)];
        var refusal = Refuse([("x1", data.X.Column(0).ToArray()), ("flag", flag)], data.Treated);
        Assert.Equal(NotEstimableReason.Separation, refusal.Reason);
        Assert.Contains("'flag'", refusal.Detail, StringComparison.Ordinal);
        Assert.Contains("treated rows", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OneColumnSplitsTheArms_NamesTheColumn()
    {
        var data = Simulated.Draw(300, 2);
        double[] split = [.. data.Treated.Select((t, i) => t ? 10 + i : 10 - i)];
        Assert.Contains("'split'", Refuse([("x1", data.X.Column(0).ToArray()), ("split", split)], data.Treated).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OnlyACombinationSeparatesCompletely_NamesItsColumns()
    {
        var random = new Random(3);
        double[] a = Normals(random, 400), b = Normals(random, 400), c = Normals(random, 400);
        bool[] treated = [.. a.Zip(b, (x, y) => x + y > 0.3)];
        var refusal = Refuse([("a", a), ("b", b), ("c", c)], treated);
        Assert.Equal(NotEstimableReason.Separation, refusal.Reason);
        Assert.Contains("'a', 'b'", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OnlyACombinationSeparatesInPart_IsSeparation()
    {
        // On the line a = b both arms are found; off it the side decides. No single column separates.
        var random = new Random(4);
        double[] a = [.. Enumerable.Range(0, 400).Select(_ => (double)random.Next(6))];
        double[] b = [.. Enumerable.Range(0, 400).Select(_ => (double)random.Next(6))];
        bool[] treated = [.. a.Zip(b, (x, y) => x == y ? random.Next(2) == 0 : x > y)];
        Assert.Equal(NotEstimableReason.Separation, Refuse([("a", a), ("b", b)], treated).Reason);
    }

    [Fact]
    public void Fit_OnePersonOnTheWrongSide_IsEstimated()
    {
        // Nearly separated: a maximum exists, far out, and must be found rather than refused.
        var random = new Random(5);
        double[] a = Normals(random, 300), b = Normals(random, 300);
        bool[] treated = [.. a.Zip(b, (x, y) => x + y > 0.3)];
        var wrong = Enumerable.Range(0, 300).Where(i => !treated[i]).MinBy(i => Math.Abs(a[i] + b[i] + 0.2));
        treated[wrong] = true;
        var fit = new LogisticRegression().Fit(
            DesignMatrix.FromColumns([("a", a), ("b", b)]), treated, TestContext.Current.CancellationToken).Value();
        Assert.InRange(fit.Coefficients[1].Value, 2, 200);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    public void Fit_SmallRandomSamples_RefusesExactlyWhenALineSeparates(int rows)
    {
        var (separated, fitted) = (0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random((rows * 1_000) + seed);
            double[] a = [.. Enumerable.Range(0, rows).Select(_ => (double)random.Next(5))];
            double[] b = [.. Enumerable.Range(0, rows).Select(_ => (double)random.Next(5))];
            bool[] treated = [.. a.Zip(b, (x, y) => random.NextDouble() < 1 / (1 + Math.Exp(12 - (3 * (x + y)))))];
            if (!treated.Contains(true) || !treated.Contains(false)) continue;
            var answer = new LogisticRegression().Fit(
                DesignMatrix.FromColumns([("a", a), ("b", b)]), treated, TestContext.Current.CancellationToken);
            var bySearch = LineSeparates(a, b, treated);
            Assert.Equal(bySearch, answer is NotEstimable<PropensityFit>(NotEstimableReason.Separation, _));
            Assert.Equal(!bySearch, answer is Estimated<PropensityFit>);
            if (bySearch) separated++;
            else fitted++;
        }

        Assert.True(separated + fitted > 100);
        Assert.True(rows == 80 ? fitted > 0 : separated > 0);
    }

    // Points on a small grid: a separating line, if any, can be turned until it passes through two grid points or runs along an axis.
    private static bool LineSeparates(double[] a, double[] b, bool[] treated)
    {
        for (var da = -4; da <= 4; da++)
        {
            for (var db = -4; db <= 4; db++)
            {
                if (da == 0 && db == 0) continue;
                double lowTreated = double.MaxValue, highOther = double.MinValue, low = double.MaxValue, high = double.MinValue;
                for (var i = 0; i < a.Length; i++)
                {
                    var along = (da * a[i]) + (db * b[i]);
                    (low, high) = (Math.Min(low, along), Math.Max(high, along));
                    if (treated[i]) lowTreated = Math.Min(lowTreated, along);
                    else highOther = Math.Max(highOther, along);
                }

                if (low < high && lowTreated >= highOther) return true;
            }
        }

        return false;
    }

    private static double[] Normals(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Simulated.Normal(random))];

    private static NotEstimable<PropensityFit> Refuse((string, double[])[] columns, bool[] treated) =>
        new LogisticRegression().Fit(DesignMatrix.FromColumns(columns), treated, TestContext.Current.CancellationToken).Refusal();
}
