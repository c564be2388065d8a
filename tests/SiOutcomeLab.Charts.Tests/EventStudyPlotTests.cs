namespace SiOutcomeLab.Charts.Tests;

public sealed class EventStudyPlotTests
{
    private static readonly ChartFrame Frame = new("Title", "Description", ChartLanguage.Swedish);

    [Fact]
    public void Draw_PlacesPoints_WhereTheTicksSay()
    {
        var picture = Draw(new(2, new(-0.5, -1, 0.2)), new(-3, new(0.1, -0.3, 0.4)));
        var (across, up) = (picture.Across(NumberText.Swedish), picture.Up(NumberText.Swedish));
        var points = picture.Marks("estimate").Select(Picture.Middle).ToArray();
        Assert.Equal(across(-3), points[0].X, 0.02);
        Assert.Equal(up(0.1), points[0].Y, 0.02);
        Assert.Equal(across(2), points[1].X, 0.02);
        Assert.Equal(up(-0.5), points[1].Y, 0.02);
        var interval = Picture.BoxOf(picture.Marks("interval")[1]);
        Assert.Equal(up(-1), interval.Bottom, 0.02);
        Assert.Equal(up(0.2), interval.Top, 0.02);
        Assert.Equal(up(0), Picture.Number(picture.Marks("reference").Single(), "y1"), 0.02);
        Assert.Equal(across(-0.5), Picture.Number(picture.Marks("start").Single(), "x1"), 0.02);
    }

    [Fact]
    public void Draw_OfABandWithAGap_BreaksTheBandThere()
    {
        var picture = Draw(Banded(0), Banded(1), new(2, new(0, -1, 1)), Banded(3));
        Assert.Equal(2, picture.Marks("band").Length);
        var (across, up) = (picture.Across(NumberText.Swedish), picture.Up(NumberText.Swedish));
        var band = Picture.PathPoints(picture.Marks("band")[0]);
        Assert.Equal([across(0), across(1), across(1), across(0)], band.Select(p => p.X), (a, b) => Math.Abs(a - b) < 0.02);
        Assert.Equal([up(1.5), up(1.5), up(-1.5), up(-1.5)], band.Select(p => p.Y), (a, b) => Math.Abs(a - b) < 0.02);
    }

    [Fact]
    public void Draw_OfTheReferencePeriod_MarksItOnTheLine_AlsoWithoutAPoint()
    {
        var data = new EventStudyData([new(0, new(1, 0, 2)), new(1, new(1, 0, 2))], "Effect", "Time") { ReferenceTime = -1 };
        var picture = new Picture(EventStudyPlot.Draw(data, Frame));
        var (x, y) = Picture.Middle(picture.Marks("reference-period").Single());
        Assert.Equal(picture.Across(NumberText.Swedish)(-1), x, 0.02);
        Assert.Equal(picture.Up(NumberText.Swedish)(0), y, 0.02);
    }

    [Fact]
    public void Draw_OfAGap_TellsWhy()
    {
        var picture = Draw(new(0, new(1, 0, 2)), new(1, null) { Gap = "för få personer" }, new(2, new(double.NaN, 0, 1)));
        Assert.Single(picture.Marks("estimate"));
        Assert.Contains(picture.Texts, t => t.Value == "för få personer");
        Assert.Contains(picture.Texts, t => t.Value == "Visas inte");
    }

    [Fact]
    public void Draw_OfAnIntervalBeyondTheAxis_EndsInArrowheads()
    {
        var data = new EventStudyData([new(0, new(0, -9, 9))], "Effect", "Time") { AxisLow = -1, AxisHigh = 1 };
        var picture = new Picture(EventStudyPlot.Draw(data, Frame));
        var up = picture.Up(NumberText.Swedish);
        Assert.Equal([up(-1), up(1)], picture.Marks("beyond").Select(h => Picture.PathPoints(h)[0].Y), (a, b) => Math.Abs(a - b) < 0.02);
        Assert.Empty(picture.Marks("cap"));
    }

    private static EventPoint Banded(int time) => new(time, new(0, -1, 1)) { BandLower = -1.5, BandUpper = 1.5 };

    private static Picture Draw(params EventPoint[] points) =>
        new(EventStudyPlot.Draw(new EventStudyData(points, "Effect", "Time"), Frame));
}
