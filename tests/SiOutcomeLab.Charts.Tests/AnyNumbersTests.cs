namespace SiOutcomeLab.Charts.Tests;

/// <summary>No number, however odd, makes a picture that breaks.</summary>
public sealed class AnyNumbersTests
{
    private static readonly double[] Odd =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, -0.0, 1e15, -1e15, 1e14, 1e-12, 1e300, 0, 1,
    ];

    [Fact]
    public void Draw_OfAnyNumbers_StaysFiniteAndInside()
    {
        var random = new Random(20260402);
        for (var trial = 0; trial < 600; trial++)
        {
            var frame = new ChartFrame("Title", "Description", ChartLanguage.English) { Width = random.Next(320, 1601) };
            foreach (var svg in Pictures(random, frame))
            {
                var picture = new Picture(svg);
                Assert.All(picture.Shapes.Concat(picture.Texts).Select(Picture.BoxOf), b =>
                {
                    Assert.True(b.Left >= 0 && b.Top >= 0 && b.Right <= picture.Width && b.Bottom <= picture.Height, $"trial {trial}: {b}");
                });
            }
        }
    }

    private static string[] Pictures(Random random, ChartFrame frame)
    {
        double Any() => random.Next(3) == 0 ? Odd[random.Next(Odd.Length)] : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 7));
        IntervalValue Interval() => new(Any(), Any(), Any());
        T[] Many<T>(Func<int, T> make) => [.. Enumerable.Range(0, random.Next(0, 8)).Select(make)];
        decimal? Money() => random.Next(5) switch { 0 => null, 1 => decimal.MaxValue, 2 => 0m, _ => (decimal)random.NextDouble() * 1_000_000m - 400_000m };
        MoneyRow Row(int i) => new($"{i}", Money()) { Lower = Money(), Upper = Money() };
        var forest = new ForestData(Many(i => new ForestRow($"{i}", Interval()) { Weight = Any(), Shrunken = Interval() }), "x")
        {
            Reference = Any(), Logarithmic = random.Next(2) == 0, Pooled = new("p", Interval()) { PredictionLower = Any(), PredictionUpper = Any() },
        };
        return
        [
            ForestPlot.Draw(forest, frame),
            LovePlot.Draw(new LoveData(Many(i => new LoveRow($"{i}", Any(), Any()))) { KeepSign = random.Next(2) == 0, Limits = [Any()] }, frame),
            OverlapPlot.Draw(new OverlapData([new(0, 0.5, Any(), Any()), new(0.5, 1, Any(), Any())]) { SupportLow = Any() }, frame),
            EventStudyPlot.Draw(new EventStudyData(Many(i => new EventPoint(i, Interval()) { BandLower = Any(), BandUpper = Any() }), "y", "x"), frame),
            FunnelPlot.Draw(new FunnelData(Many(i => new FunnelPoint($"{i}", Any(), Any())), "x") { Pooled = Any() }, frame),
            PowerCurve.Draw(new PowerData([new("a", Many(_ => new PowerPoint(Any(), random.NextDouble())))], "n") { Mark = new(Any(), Any(), "m") }, frame),
            WaterfallChart.Draw(new WaterfallData(Many(Row), "kr"), frame),
            BaselineBars.Draw(new BaselineData(Many(Row), "kr"), frame),
        ];
    }
}
