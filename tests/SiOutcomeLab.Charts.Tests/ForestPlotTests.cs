namespace SiOutcomeLab.Charts.Tests;

public sealed class ForestPlotTests
{
    private static readonly ChartFrame Frame = new("Title", "Description", ChartLanguage.English) { Width = 800 };

    [Fact]
    public void Draw_PlacesMarks_WhereTheTicksSay()
    {
        var data = new ForestData([new("A", new(-0.4, -0.8, 0.1)), new("B", new(0.3, 0.2, 0.55))], "Effect");
        var picture = new Picture(ForestPlot.Draw(data, Frame));
        var across = picture.Across(NumberText.English);
        Assert.Equal(across(-0.4), Picture.Middle(picture.Marks("estimate")[0]).X, 0.02);
        Assert.Equal(across(0.3), Picture.Middle(picture.Marks("estimate")[1]).X, 0.02);
        var interval = Picture.BoxOf(picture.Marks("interval")[0]);
        Assert.Equal(across(-0.8), interval.Left, 0.02);
        Assert.Equal(across(0.1), interval.Right, 0.02);
        Assert.Equal(across(0), Picture.Number(picture.Marks("reference").Single(), "x1"), 0.02);
    }

    [Fact]
    public void Draw_OfRatios_PlacesEqualRatiosAtEqualDistances()
    {
        var data = new ForestData([new("A", new(0.5, 0.25, 1)), new("B", new(2, 1, 4))], "Ratio") { Logarithmic = true, Reference = 1 };
        var picture = new Picture(ForestPlot.Draw(data, Frame));
        var (half, twice) = (Picture.Middle(picture.Marks("estimate")[0]).X, Picture.Middle(picture.Marks("estimate")[1]).X);
        var one = Picture.Number(picture.Marks("reference").Single(), "x1");
        Assert.Equal(one - half, twice - one, 0.02);
        Assert.Equal(half - (one - half), Picture.BoxOf(picture.Marks("interval")[0]).Left, 0.04);
    }

    [Fact]
    public void Draw_OfWeights_MakesAreasProportional()
    {
        var data = new ForestData([new("A", new(0, -1, 1)) { Weight = 4 }, new("B", new(0, -1, 1)) { Weight = 1 }], "Effect");
        var squares = new Picture(ForestPlot.Draw(data, Frame)).Marks("estimate").Select(s => Picture.Number(s, "width")).ToArray();
        Assert.Equal(4, squares[0] * squares[0] / (squares[1] * squares[1]), 0.01);
    }

    [Fact]
    public void Draw_OfPooled_SpansItsIntervalAndItsPrediction()
    {
        var data = new ForestData([new("A", new(0.1, -1, 1))], "Effect")
        {
            Pooled = new("All", new(0.2, 0.05, 0.45)) { PredictionLower = -0.6, PredictionUpper = 0.9 },
        };
        var picture = new Picture(ForestPlot.Draw(data, Frame));
        var across = picture.Across(NumberText.English);
        var diamond = Picture.PathPoints(picture.Marks("pooled").Single());
        Assert.Equal([across(0.05), across(0.2), across(0.45), across(0.2)], diamond.Select(p => p.X), (a, b) => Math.Abs(a - b) < 0.02);
        Assert.Equal(across(-0.6), Picture.BoxOf(picture.Marks("prediction").Single()).Left, 0.02);
        Assert.Equal(across(0.9), Picture.BoxOf(picture.Marks("prediction").Single()).Right, 0.02);
        Assert.Contains("−0.60 to 0.90", Picture.Title(picture.Row(2)), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_KeepsTheGivenOrder()
    {
        string[] names = ["Öckerö", "Ale", "Åmål", "Ängelholm"];
        var rows = names.Select((n, i) => new ForestRow(n, new(i, i - 1, i + 1)));
        var picture = new Picture(ForestPlot.Draw(new ForestData([.. rows], "Effect"), Frame));
        Assert.Equal(names, Enumerable.Range(0, 4).Select(i => Picture.Title(picture.Row(i)).Split(':')[0]));
        var heights = picture.Marks("estimate").Select(e => Picture.Middle(e).Y).ToArray();
        Assert.Equal(heights.Order(), heights);
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity), InlineData(1e300)]
    public void Draw_OfWhatHasNoPlace_TellsItInWords(double value)
    {
        var data = new ForestData([new("A", new(value, -1, 1)) { Gap = "Not estimable" }, new("B", new(0, -1, 1))], "Effect");
        var picture = new Picture(ForestPlot.Draw(data, Frame));
        Assert.Single(picture.Marks("estimate"));
        Assert.Equal("A: Not estimable", Picture.Title(picture.Row(0)));
        Assert.Contains(picture.Row(0).Descendants(Picture.Svg + "text"), t => t.Value == "Not estimable");
    }

    [Fact]
    public void Draw_OfASuppressedRow_DrawsNoMarkAtAll()
    {
        var withheld = new ForestRow("A", null) { Gap = "Too few", Weight = 3, Shrunken = new(0.1, 0, 0.2) };
        var data = new ForestData([withheld, new("B", new(0, -1, 1)) { Weight = 1 }], "Effect");
        var picture = new Picture(ForestPlot.Draw(data, Frame));
        Assert.Empty(picture.Marks("shrunken"));
        Assert.Equal(["gap"], picture.Row(0).Descendants().Select(e => (string?)e.Attribute("data-mark")).OfType<string>());
        // Nor does its weight make another's square smaller.
        Assert.Equal(15, Picture.Number(picture.Marks("estimate").Single(), "width"));
    }

    [Fact]
    public void Draw_OfAnIntervalBeyondTheAxis_EndsInAnArrowheadAtTheEdge()
    {
        var open = new IntervalValue(0, double.NegativeInfinity, double.PositiveInfinity);
        var data = new ForestData([new("A", new(0, -9, 0.5)), new("B", open)], "Effect") { AxisLow = -1, AxisHigh = 1 };
        var picture = new Picture(ForestPlot.Draw(data, Frame));
        var across = picture.Across(NumberText.English);
        var heads = picture.Marks("beyond");
        Assert.Equal([across(-1), across(-1), across(1)], heads.Select(h => Picture.PathPoints(h)[0].X), (a, b) => Math.Abs(a - b) < 0.02);
        Assert.Equal([1, -1], new[] { heads[1], heads[2] }.Select(h => Math.Sign(Picture.PathPoints(h)[1].X - Picture.PathPoints(h)[0].X)));
        Assert.Contains("0.00 (−∞ to ∞)", Picture.Title(picture.Row(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_OfOneWideInterval_LeavesRoomForTheOthers()
    {
        var rows = Enumerable.Range(0, 9).Select(i => new ForestRow($"{i}", new(0, -1, 1))).Append(new("wide", new(0, -500, 500)));
        var picture = new Picture(ForestPlot.Draw(new ForestData([.. rows], "Effect"), Frame));
        Assert.Equal(2, picture.Marks("beyond").Length);
        var interval = Picture.BoxOf(picture.Marks("interval")[0]);
        Assert.True(interval.Right - interval.Left > 100);
    }

    [Fact]
    public void Draw_WithoutAnInterval_SaysSo()
    {
        var picture = new Picture(ForestPlot.Draw(new ForestData([new("A", new(0.5, double.NaN, 1))], "Effect"), Frame));
        Assert.Empty(picture.Marks("interval"));
        Assert.Equal("A: 0.50 (no interval)", Picture.Title(picture.Row(0)));
    }

    [Fact]
    public void Draw_OfNothing_IsStillAPicture()
    {
        var picture = new Picture(ForestPlot.Draw(new ForestData([], "Effect"), Frame));
        Assert.Empty(picture.Marks("estimate"));
        Assert.NotEmpty(picture.Marks("tick"));
    }

    [Fact]
    public void Draw_OfManyRows_GrowsInHeight()
    {
        var few = new Picture(ForestPlot.Draw(new ForestData([.. Rows(29)], "Effect"), Frame));
        var many = new Picture(ForestPlot.Draw(new ForestData([.. Rows(290)], "Effect"), Frame));
        Assert.Equal(261 * 30, many.Height - few.Height, 1.0);
        Assert.Equal(2, many.Marks("axis").Length);
    }

    private static IEnumerable<ForestRow> Rows(int count) =>
        Enumerable.Range(0, count).Select(i => new ForestRow($"Row {i}", new(i % 7, i % 7 - 1, i % 7 + 1)));
}
