namespace SiOutcomeLab.Charts.Tests;

public sealed class FunnelPlotTests
{
    private static readonly ChartFrame Frame = new("Title", "Description", ChartLanguage.English);

    [Fact]
    public void Draw_PlacesPointsAndLimits_WhereTheTicksSay()
    {
        var data = new FunnelData([new("a", 0.1, 0.2), new("b", -0.3, 0.4)], "Effect") { Pooled = 0.05 };
        var picture = new Picture(FunnelPlot.Draw(data, Frame));
        var (across, down) = (picture.Across(NumberText.English), picture.Up(NumberText.English));
        var points = picture.Marks("estimate").Select(Picture.Middle).ToArray();
        Assert.Equal((across(0.1), down(0.2)), points[0], Near);
        Assert.Equal((across(-0.3), down(0.4)), points[1], Near);
        var funnel = Picture.PathPoints(picture.Marks("funnel").Single());
        Assert.Equal((across(0.05), down(0)), funnel[1], Near);
        // On the limit, the distance from the pooled estimate is 1.96 standard errors at any height.
        var slope = (funnel[2].X - funnel[1].X) / (funnel[2].Y - funnel[1].Y);
        Assert.Equal(across(0.05 + 1.96 * 0.3) - across(0.05), slope * (down(0.3) - down(0)), 0.05);
        Assert.True(points[0].Y < points[1].Y);
    }

    [Fact]
    public void Draw_OfGaps_CountsThemByReason()
    {
        FunnelPoint[] points =
        [
            new("a", 0.1, 0.2), new("b", null, null, "too few"), new("c", 0.1, 0, "too few"),
            new("d", double.NaN, 0.1), new("e", 0.1, double.PositiveInfinity),
        ];
        var picture = new Picture(FunnelPlot.Draw(new FunnelData(points, "Effect"), Frame));
        Assert.Single(picture.Marks("estimate"));
        Assert.Empty(picture.Marks("funnel"));
        Assert.Contains(picture.Texts, t => t.Value == "too few (2)");
        Assert.Contains(picture.Texts, t => t.Value == "Not shown (2)");
    }

    private static bool Near((double X, double Y) a, (double X, double Y) b) => Math.Abs(a.X - b.X) < 0.02 && Math.Abs(a.Y - b.Y) < 0.02;
}
