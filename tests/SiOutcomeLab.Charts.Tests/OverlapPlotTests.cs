namespace SiOutcomeLab.Charts.Tests;

public sealed class OverlapPlotTests
{
    private static readonly ChartFrame Frame = new("Title", "Description", ChartLanguage.English);

    [Fact]
    public void Draw_MirrorsTheGroups_AboutTheZeroLine()
    {
        var picture = new Picture(OverlapPlot.Draw(new OverlapData([new(0, 0.5, 0.2, 0.4), new(0.5, 1, 0.8, 0.6)]), Frame));
        var zero = Picture.Number(picture.Marks("reference").Single(), "y1");
        var ours = picture.Marks("participants").Select(Picture.BoxOf).ToArray();
        var theirs = picture.Marks("comparison").Select(Picture.BoxOf).ToArray();
        Assert.All(ours, b => Assert.Equal(zero, b.Bottom, 0.02));
        Assert.All(theirs, b => Assert.Equal(zero, b.Top, 0.02));
        Assert.Equal(4, (ours[1].Bottom - ours[1].Top) / (ours[0].Bottom - ours[0].Top), 0.01);
        Assert.Equal(0.5, (theirs[0].Bottom - theirs[0].Top) / (ours[1].Bottom - ours[1].Top), 0.01);
        var up = picture.Marks("tick").Select(t => Picture.Number(t, "y1")).ToArray();
        Assert.Contains(up, y => y < zero);
        Assert.Contains(up, y => y > zero);
    }

    [Fact]
    public void Draw_OfAWithheldBin_ShowsACrossAndNotAnEmptyBar()
    {
        var picture = new Picture(OverlapPlot.Draw(new OverlapData([new(0, 0.5, null, 0.4), new(0.5, 1, double.NaN, 0)]), Frame));
        Assert.Empty(picture.Marks("participants"));
        Assert.Single(picture.Marks("comparison"));
        // Two crosses of two lines, and the legend's.
        Assert.Equal(6, picture.Marks("gap").Length);
        Assert.Contains(picture.Texts, t => t.Value == "Not shown");
    }

    [Fact]
    public void Draw_OfSupport_PlacesItsEnds()
    {
        var data = new OverlapData([new(0, 0.5, 0.5, 0.5), new(0.5, 1, 0.5, 0.5)]) { SupportLow = 0.2, SupportHigh = 0.7 };
        var picture = new Picture(OverlapPlot.Draw(data, Frame));
        var across = picture.Across(NumberText.English);
        var ends = picture.Marks("support").Select(l => Picture.Number(l, "x1"));
        Assert.Equal([across(0.2), across(0.7)], ends, (a, b) => Math.Abs(a - b) < 0.02);
    }

    [Fact]
    public void OfScores_CountsEachScoreOnce()
    {
        var data = OverlapData.OfScores([0, 0.1, 0.25, 1, double.NaN], [0.5, 0.74], bins: 4);
        Assert.Equal([0.4, 0.2, 0, 0.2], data.Bins.Select(b => b.Participants!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0, 0, 1, 0], data.Bins.Select(b => b.Comparison!.Value));
    }

    [Fact]
    public void Draw_OfABinWithoutWidth_IsMisuse() =>
        Assert.Throws<ArgumentException>(() => OverlapPlot.Draw(new OverlapData([new(0.5, 0.5, 0.1, 0.1)]), Frame));
}
