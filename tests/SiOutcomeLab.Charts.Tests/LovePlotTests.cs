namespace SiOutcomeLab.Charts.Tests;

public sealed class LovePlotTests
{
    private static readonly ChartFrame Frame = new("Title", "Description", ChartLanguage.Swedish) { Width = 800 };

    [Fact]
    public void Draw_PutsTheLargestDifferenceFirst_AndGapsLast()
    {
        LoveRow[] rows =
        [
            new("a", 0.1, 0), new("b", null, null, "för få"), new("c", -0.5, 0.1), new("d", double.NaN, 0.3), new("e", 0.1, 0.2),
        ];
        var data = new LoveData(rows);
        var picture = new Picture(LovePlot.Draw(data, Frame));
        Assert.Equal(["c", "d", "a", "e", "b"], Enumerable.Range(0, 5).Select(i => Picture.Title(picture.Row(i)).Split(':')[0]));
        Assert.Equal("b: för få", Picture.Title(picture.Row(4)));
        Assert.Equal("d: – → 0,30", Picture.Title(picture.Row(1)));
    }

    [Fact]
    public void Draw_PlacesMarksAndLimits_WhereTheTicksSay()
    {
        var picture = new Picture(LovePlot.Draw(new LoveData([new("a", -0.5, 0.07)]), Frame));
        var across = picture.Across(NumberText.Swedish);
        Assert.Equal(across(0.5), Picture.Middle(picture.Marks("before").Single()).X, 0.02);
        Assert.Equal(across(0.07), Picture.Middle(picture.Marks("after").Single()).X, 0.02);
        var limits = picture.Marks("limit").Select(l => Picture.Number(l, "x1"));
        Assert.Equal([across(0.1), across(0.25)], limits, (a, b) => Math.Abs(a - b) < 0.02);
        Assert.Equal(["6 4", "2 3"], picture.Marks("limit").Select(l => (string?)l.Attribute("stroke-dasharray")));
    }

    [Fact]
    public void Draw_WithSigns_PlacesNegativeValuesLeftOfZero()
    {
        var picture = new Picture(LovePlot.Draw(new LoveData([new("a", -0.5, 0.07)]) { KeepSign = true }, Frame));
        var across = picture.Across(NumberText.Swedish);
        Assert.Equal(across(-0.5), Picture.Middle(picture.Marks("before").Single()).X, 0.02);
        Assert.Equal(4, picture.Marks("limit").Length);
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Draw_OfAValueWithoutAPlace_DrawsNoMarkForIt(double value)
    {
        var picture = new Picture(LovePlot.Draw(new LoveData([new("a", value, 0.1)]), Frame));
        Assert.Empty(picture.Marks("before"));
        Assert.Empty(picture.Marks("change"));
        Assert.Single(picture.Marks("after"));
    }

    [Fact]
    public void Draw_OfPerfectBalance_HasAnAxis()
    {
        var picture = new Picture(LovePlot.Draw(new LoveData([new("a", 0, 0)]) { Limits = [] }, Frame));
        Assert.True(picture.Marks("tick").Length >= 2);
    }
}
