namespace SiOutcomeLab.Charts.Tests;

public sealed class FunnelPlotTests
{
    private static readonly ChartFrame Frame = new("Title", "Description", ChartLanguage.English);

    [Fact]
    public void Draw_PlacesPointsAndLimits_WhereTheTicksSay()
    {
        var picture = new Picture(FunnelPlot.Draw(new FunnelData([new("a", 0.1, 0.2), new("b", -0.3, 0.4)], "Effect") { Pooled = 0.05 }, Frame));
        var (across, down) = (picture.Across(NumberText.English), picture.Up(NumberText.English));
        var points = picture.Marks("estimate").Select(Picture.Middle).ToArray();
        Assert.Equal((across(0.1), down(0.2)), points[0], (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.02 && Math.Abs(a.Item2 - b.Item2) < 0.02);
        Assert.Equal((across(-0.3), down(0.4)), points[1], (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.02 && Math.Abs(a.Item2 - b.Item2) < 0.02);
        var funnel = Picture.PathPoints(picture.Marks("funnel").Single());
        Assert.Equal((across(0.05), down(0)), funnel[1], (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.02 && Math.Abs(a.Item2 - b.Item2) < 0.02);
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
            new("a", 0.1, 0.2), new("b", null, null, "too few"), new("c", 0.1, 0, "too few"), new("d", double.NaN, 0.1), new("e", 0.1, double.PositiveInfinity),
        ];
        var picture = new Picture(FunnelPlot.Draw(new FunnelData(points, "Effect"), Frame));
        Assert.Single(picture.Marks("estimate"));
        Assert.Empty(picture.Marks("funnel"));
        Assert.Contains(picture.Texts, t => t.Value == "too few (2)");
        Assert.Contains(picture.Texts, t => t.Value == "Not shown (2)");
    }
}
